internal import Foundation
internal import RunRecords

/// Values in files of their own, as JSON documents, names in the order of the alphabet.
enum DocumentFile {
  /// Reads a value.
  ///
  /// - Parameters:
  ///   - type: What it is.
  ///   - path: Its file.
  /// - Returns: `nil` where there is no such file, or something else in it.
  static func read<Value: Decodable>(_ type: Value.Type, from path: String) -> Value? {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return FileManager.default.contents(atPath: path)
      .flatMap { try? decoder.decode(type, from: $0) }
  }

  /// Writes a value whole or not at all, and makes the folder where it is missing.
  ///
  /// - Parameters:
  ///   - value: What is written.
  ///   - path: Where to.
  /// - Throws: `RunRecordError`, or what the file system says.
  static func write(_ value: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    try write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n", to: path)
  }

  /// Writes a text whole or not at all, and makes the folder where it is missing.
  ///
  /// - Parameters:
  ///   - text: What is written.
  ///   - path: Where to.
  /// - Throws: `RunRecordError`, or what the file system says.
  static func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(text, to: path)
  }
}
