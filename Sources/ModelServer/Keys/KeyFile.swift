internal import PreferenceData
internal import RunRecords

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The file in which a server's keys are kept: a ``KeyRecord`` a line, as JSON.
///
///     {"name": "alice", "digest": "…", "role": "user", "requests_per_minute": 60}
///
/// No key can be had from it. Still nobody but its owner can read it.
public enum KeyFile {
  /// Reads the keys.
  ///
  /// - Parameter path: The file.
  /// - Returns: The keys.
  /// - Throws: ``KeyFileError``.
  public static func read(_ path: String) throws(KeyFileError) -> KeyRing {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    let bytes = try inFile { () throws(RunRecordError) in Array(try readFile(path)) }
    return try ring(bytes, path: path)
  }

  /// Adds a key. The file is made if it is missing.
  ///
  /// - Parameters:
  ///   - record: What is to be known of the key.
  ///   - path: The file. Its folder must exist.
  /// - Throws: ``KeyFileError``; a name that is there is refused.
  public static func append(_ record: KeyRecord, to path: String) throws(KeyFileError) {
    let lines = try inFile { () throws(RunRecordError) in
      try AppendedLines(path: path, isPrivate: true)
    }
    guard let lines else { throw .held(path: path) }
    let bytes = try inFile { () throws(RunRecordError) in try lines.contents() }
    guard try ring(bytes, path: path).records.allSatisfy({ $0.name != record.name }) else {
      throw .nameTaken(path: path, name: record.name)
    }
    try inFile { () throws(RunRecordError) in
      // The last line of a file that somebody edited may have no end.
      if let last = bytes.last, last != UInt8(ascii: "\n") { try lines.append("") }
      try lines.append(JSONValue.object(record.row).wireText)
    }
  }

  private static func inFile<Value>(
    _ work: () throws(RunRecordError) -> Value
  ) throws(KeyFileError) -> Value {
    do throws(RunRecordError) { return try work() } catch { throw .file(error) }
  }

  private static func ring(_ bytes: [UInt8], path: String) throws(KeyFileError) -> KeyRing {
    var records: [KeyRecord] = []
    for (index, line) in bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let record: KeyRecord
      do throws(KeyRowProblem) {
        record = try self.record(line)
      } catch {
        throw .line(path: path, line: index + 1, problem: error.text)
      }
      if records.contains(where: { $0.name == record.name }) {
        throw .line(
          path: path, line: index + 1, problem: "there is a key called '\(record.name)' above")
      }
      if let other = records.first(where: { $0.digest == record.digest }) {
        throw .line(
          path: path, line: index + 1, problem: "'\(other.name)' above has the same key")
      }
      records.append(record)
    }
    return KeyRing(records)
  }

  private static func record(_ line: ArraySlice<UInt8>) throws(KeyRowProblem) -> KeyRecord {
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue.value(parsing: Array(line))
    } catch {
      throw KeyRowProblem("\(error)")
    }
    guard case .object(let row) = value else {
      throw KeyRowProblem("saw \(value.summary), but a line must be a JSON object")
    }
    return try KeyRecord(row: row)
  }
}
