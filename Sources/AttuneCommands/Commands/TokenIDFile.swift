import Foundation
import PreferenceData

/// Rows of token ids in JSON Lines: arrays, or objects that hold one.
struct TokenIDFile {
  /// The ids of each row.
  let rows: [[Int32]]

  private static let shownProblems = 20

  /// Reads a file. Blank lines are passed over.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - field: The field with the ids, where rows are objects.
  /// - Throws: `DataError` if there is nothing to read; ``Failure`` (65) that lists malformed rows.
  init(path: String, field: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw DataError.missingFile(path: path)
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw DataError.unreadable(path: path, reason: "it is a folder, or its permissions forbid it")
    }
    var rows: [[Int32]] = []
    var problems: [String] = []
    let lines = [UInt8](bytes).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy(isSpace) {
      let value = JSONValue(parsing: Array(line))
      if let ids = Self.ids(in: value, field: field) {
        rows.append(ids)
      } else {
        let seen = value == nil ? "something else than JSON" : "JSON of another form"
        problems.append(
          "\(path):\(index + 1): saw \(seen); allowed is a list of token ids, [5, 12], "
            + "or an object with one in the field `\(field)`; correct the row or give --field")
      }
    }
    guard problems.isEmpty else {
      let more = problems.count - Self.shownProblems
      throw Failure(
        .data,
        problems.prefix(Self.shownProblems).joined(separator: "\n")
          + (more > 0 ? "\n… and \(more) more" : ""))
    }
    guard !rows.isEmpty else { throw DataError.empty(path: path) }
    self.rows = rows
  }

  private static func ids(in value: JSONValue?, field: String) -> [Int32]? {
    switch value {
    case .array(let values):
      var ids: [Int32] = []
      for value in values {
        guard case .number(let number) = value, let id = Int32(exactly: number), id >= 0 else {
          return nil
        }
        ids.append(id)
      }
      return ids
    case .object(let object): return object[field].flatMap { ids(in: $0, field: field) }
    default: return nil
    }
  }
}

private func isSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
}
