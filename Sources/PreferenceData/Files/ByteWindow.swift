/// The part of a file that is in memory: the row that is being read, however long, and less than a
/// piece of what follows.
///
/// A reader looks for a row in ``bytes``. Where they end before the row does, it calls
/// ``readOn(from:)`` and looks again; what is kept doubles each time, so that looking again costs
/// no more than looking did.
struct ByteWindow {
  private static let pieceSize = 1 << 18

  /// The bytes from somewhere in the file on.
  private(set) var bytes: [UInt8] = []
  /// Whether they reach to the end of the file.
  private(set) var isLast = false
  private let stream: ByteStream

  /// The beginning of a stream.
  ///
  /// - Throws: ``DataError`` where it cannot be read.
  init(_ stream: ByteStream) throws(DataError) {
    self.stream = stream
    try readOn(from: 0)
  }

  /// Forgets the bytes before `start` and reads more behind the others.
  ///
  /// - Throws: ``DataError`` where the file is not readable or damaged.
  mutating func readOn(from start: Int) throws(DataError) {
    let kept = bytes[start...]
    let size = kept.count + max(kept.count, Self.pieceSize)
    var end = Result<Bool, DataError>.success(false)
    bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let room = UnsafeMutableRawBufferPointer(buffer)
      kept.withUnsafeBytes { room.copyMemory(from: $0) }
      count = kept.count
      end = Result { () throws(DataError) in
        try stream.fill(room, from: &count)
      }
    }
    isLast = try end.get()
  }
}

extension ByteStream {
  /// Reads until there is no room or nothing left.
  ///
  /// - Parameters:
  ///   - room: What is filled.
  ///   - count: The bytes that are there already, then those that are there.
  /// - Returns: Whether nothing is left.
  /// - Throws: ``DataError`` where the file is not readable or damaged.
  fileprivate func fill(
    _ room: UnsafeMutableRawBufferPointer, from count: inout Int
  ) throws(DataError) -> Bool {
    while count < room.count {
      let received = try read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      if received == 0 { return true }
      count += received
    }
    return false
  }
}
