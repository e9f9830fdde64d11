/// Takes one record after the other out of bytes of comma-separated values (RFC 4180): a cell in
/// quotes may hold commas, line ends and `""`.
///
/// It works on bytes and keeps every one of a cell's. SwiftCSV 0.10 works on characters: it strips
/// the space with which completions often begin, does not see a comma before a combining mark, and
/// takes a quote that is never closed for the rest of the file.
struct CSVParser {
  /// Why a record cannot be read.
  struct Fault: Error {
    let seen: String
    let allowed: String
    let remedy: String
  }

  private let bytes: [UInt8]
  private(set) var position: Int
  /// The line of `position`, counted from 1.
  private(set) var line: Int

  /// A parser of `bytes` from `position` on.
  init(_ bytes: [UInt8], from position: Int, line: Int) {
    self.bytes = bytes
    self.position = position
    self.line = line
  }

  var isAtEnd: Bool { position == bytes.count }

  /// Steps to the next record, over blank lines.
  mutating func skipBlankLines() {
    while !isAtEnd, takeLineEnd() {}
  }

  /// The cells up to the end of the record.
  mutating func record() throws(Fault) -> [String] {
    var cells: [String] = []
    var isUTF8 = true
    while true {
      let cell = try cell()
      let text = cell.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
      isUTF8 = isUTF8 && text != nil
      cells.append(text ?? "")
      if isAtEnd || takeLineEnd() { break }
      position += 1
    }
    guard isUTF8 else {
      throw Fault(
        seen: "bytes that are not UTF-8", allowed: "text in UTF-8",
        remedy: "save the file as UTF-8")
    }
    return cells
  }

  private mutating func takeLineEnd() -> Bool {
    if bytes[position] == .lineFeed {
      position += 1
    } else if isAtLineEnd {
      position += 2
    } else {
      return false
    }
    line += 1
    return true
  }

  /// The bytes of one cell, up to its comma or line end.
  private mutating func cell() throws(Fault) -> ArraySlice<UInt8> {
    guard !isAtEnd, bytes[position] == .quote else {
      let start = position
      while !isAtEnd, bytes[position] != .comma, !isAtLineEnd { position += 1 }
      return bytes[start..<position]
    }
    position += 1
    // Most cells are one stretch between two quotes, which needs no copy.
    var earlier: ArraySlice<UInt8> = []
    while let end = bytes[position...].firstIndex(of: .quote) {
      let stretch = bytes[position..<end]
      line += stretch.count { $0 == .lineFeed }
      position = end + 1
      guard !isAtEnd, bytes[position] == .quote else {
        try expectEndOfCell()
        return earlier.isEmpty ? stretch : earlier + stretch
      }
      earlier += bytes[stretch.startIndex...end]
      position += 1
    }
    position = bytes.count
    throw Fault(
      seen: "a quote that is never closed", allowed: "`\"` at the end of the cell",
      remedy: "close the quote, and double quotes that belong to the text")
  }

  private mutating func expectEndOfCell() throws(Fault) {
    if isAtEnd || bytes[position] == .comma || isAtLineEnd { return }
    // The next line is the likeliest place where a record starts.
    position = bytes[position...].firstIndex(of: .lineFeed) ?? bytes.count
    throw Fault(
      seen: "text after the closing quote of a cell", allowed: "a comma or the end of the line",
      remedy: "double the quotes that belong to the text")
  }

  private var isAtLineEnd: Bool {
    bytes[position] == .lineFeed
      || bytes[position] == .carriageReturn && position + 1 < bytes.count
        && bytes[position + 1] == .lineFeed
  }
}

extension UInt8 {
  fileprivate static let comma = UInt8(ascii: ",")
}
