#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads the text of a configuration file: UTF-8, with or without a byte-order mark.
///
/// - Parameter path: The file.
/// - Returns: Its text, without a byte-order mark.
/// - Throws: ``ConfigurationError`` when there is no such file, or it holds no text.
func configurationText(at path: String) throws(ConfigurationError) -> String {
  var isDirectory = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
    throw ConfigurationError("\(path): there is no such file; check the path")
  }
  guard !isDirectory else {
    throw ConfigurationError("\(path): this is a directory; give a YAML file in it")
  }
  guard let data = FileManager.default.contents(atPath: path) else {
    throw ConfigurationError("\(path): the file cannot be read; check its permissions")
  }
  return try utf8Text([UInt8](data), path: path)
}

/// Checks and decodes the bytes of a file.
///
/// - Parameters:
///   - bytes: The whole file.
///   - path: Its name in errors.
/// - Returns: Its text, without a byte-order mark.
/// - Throws: ``ConfigurationError`` with the first line that is not UTF-8.
private func utf8Text(_ bytes: [UInt8], path: String) throws(ConfigurationError) -> String {
  let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let content = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
  if let text = String(validating: content, as: UTF8.self) { return text }
  // A line feed is never part of a longer sequence, so that lines can be judged one by one.
  let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
  throw ConfigurationError("\(path):\(line + 1): this line is not UTF-8; save the file as UTF-8")
}
