/// The containers that rows come in.
enum DataFormat {
  case json
  case csv

  /// For messages.
  static let names = ".jsonl, .json, .csv, each also with .gz"

  /// The format of a file, known by how its name ends.
  ///
  /// - Returns: nil for a pipe or a device, whose name says nothing.
  /// - Throws: ``DataError/unknownFormat(path:)``
  init?(of file: DataFile) throws(DataError) {
    let name = file.path.lowercased()
    let stem = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if stem.hasSuffix(".jsonl") || stem.hasSuffix(".json") {
      self = .json
    } else if stem.hasSuffix(".csv") {
      self = .csv
    } else if file.isUnnamed {
      return nil
    } else {
      throw .unknownFormat(path: file.path)
    }
  }

  /// A reader that stands before the first row of a file.
  ///
  /// Whether JSON is one list or an object a line, its first byte tells: both are found under
  /// either name.
  ///
  /// - Throws: ``DataError`` where the file is not readable, damaged, not UTF-8 or of no known
  ///   format.
  static func reader(
    of file: DataFile, fields: FieldSelection
  ) throws(DataError) -> any RowReader {
    let format = try DataFormat(of: file)
    let window = try ByteWindow(ByteStream(file))
    for (mark, encoding) in foreignMarks where window.bytes.starts(with: mark) {
      throw .notUTF8(path: file.path, encoding: encoding)
    }
    let start = window.bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    let first = window.bytes[start...].firstIndex { !$0.isJSONWhitespace }
    let firstByte = first.map { window.bytes[$0] }
    let isJSON = firstByte == UInt8(ascii: "[") || firstByte == UInt8(ascii: "{")
    switch format ?? (isJSON ? .json : .csv) {
    case .csv:
      return CSVReader(window, from: start, path: file.path, fields: fields)
    case .json:
      if let first, firstByte == UInt8(ascii: "[") {
        return JSONArrayReader(window, from: first + 1, path: file.path, fields: fields)
      }
      return JSONLinesReader(window, from: start, path: file.path, fields: fields)
    }
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// What files begin with that are not UTF-8. The longer marks stand first.
  private static let foreignMarks: [(mark: [UInt8], encoding: String)] = [
    ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF], "UTF-32"),
    ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"),
  ]
}
