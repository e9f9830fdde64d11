import RunRecords

/// Where a command's rows go: to standard output as they come, or into a file that appears when
/// all of them are in it.
///
/// Rows are kept back until there is a good piece of them, so that many short rows make few system
/// calls.
struct RowOutput: ~Copyable {
  private var file: AtomicFile?
  private var pending: [UInt8] = []

  private static let pieceSize = 1 << 18

  /// Opens the output.
  ///
  /// - Parameter path: The file, or `nil` for standard output.
  /// - Throws: `RunRecordError` if a file cannot be put there.
  init(path: String?) throws(RunRecordError) {
    file = nil
    pending.reserveCapacity(Self.pieceSize)
    if let path { file = try AtomicFile(path: path) }
  }

  /// Whether rows are still of use: a file is being written, or somebody reads standard output.
  var isWanted: Bool {
    switch file {
    case .none: StandardStream.output.isOpen
    case .some: true
    }
  }

  /// Adds a row.
  ///
  /// - Parameter append: Appends the bytes of the row, without the line feed.
  /// - Throws: `RunRecordError` if the disk does not take the rows.
  mutating func writeRow(_ append: (inout [UInt8]) -> Void) throws(RunRecordError) {
    append(&pending)
    pending.append(UInt8(ascii: "\n"))
    if pending.count >= Self.pieceSize { try flush() }
  }

  /// Writes what was kept back and, for a file, gives it its name.
  consuming func commit() throws(RunRecordError) {
    try flush()
    if let file = consume file { try file.commit() }
  }

  private mutating func flush() throws(RunRecordError) {
    if file == nil {
      StandardStream.output.write(String(decoding: pending, as: UTF8.self))
    } else {
      try file?.write(pending)
    }
    pending.removeAll(keepingCapacity: true)
  }
}
