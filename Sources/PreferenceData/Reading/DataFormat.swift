/// The containers that rows come in, known by how the file's name ends.
enum DataFormat {
  case jsonLines
  case json
  case csv

  /// For messages.
  static let names = ".jsonl, .json, .csv, each also with .gz"

  private init(path: String) throws(DataError) {
    let name = path.lowercased()
    let stem = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if stem.hasSuffix(".jsonl") {
      self = .jsonLines
    } else if stem.hasSuffix(".json") {
      self = .json
    } else if stem.hasSuffix(".csv") {
      self = .csv
    } else {
      throw .unknownFormat(path: path)
    }
  }

  /// Reads all rows of a file.
  ///
  /// - Throws: ``DataError`` where the file cannot be opened, is damaged, of an unknown format, or
  ///   empty.
  static func table(at path: String) throws(DataError) -> Table {
    // That the file is missing or a folder matters more than how its name ends.
    try FileBytes.size(of: path)
    let format = try DataFormat(path: path)
    let bytes = try FileBytes.contents(of: path)
    guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
      throw .notUTF8(path: path)
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    let table =
      switch format {
      case .jsonLines: JSONLinesReader.table(of: bytes, from: start, path: path)
      case .json: JSONArrayReader.table(of: bytes, from: start, path: path)
      case .csv: CSVReader.table(of: bytes, from: start, path: path)
      }
    guard !table.rows.isEmpty || !table.problems.isEmpty else { throw .empty(path: path) }
    return table
  }
}
