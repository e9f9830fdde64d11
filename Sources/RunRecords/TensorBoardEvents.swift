#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An `events.out.tfevents.*` file: the logged numbers as TensorBoard reads them.
///
/// The file is a sequence of TFRecords: length (8 bytes, little-endian), masked CRC-32C of the
/// length, the record, masked CRC-32C of the record. Each record is an `Event` message
/// (TensorFlow, `event.proto` and `summary.proto`); the first names the version of the format.
public final class TensorBoardEvents: Sendable {
  private let descriptor: FileDescriptor

  private static let fileNamePrefix = "events.out.tfevents."

  /// Whether a file of this name is one that TensorBoard reads.
  static func isFileName(_ name: String) -> Bool { name.hasPrefix(fileNamePrefix) }

  /// Opens the file at its end; a new one begins with the version record.
  ///
  /// - Parameters:
  ///   - path: Its name must contain `tfevents`, or TensorBoard will not find it.
  ///   - wallTime: The present moment in seconds since 1970.
  /// - Throws: ``RunRecordError`` if the disk does not take it.
  package init(path: String, wallTime: Double) throws(RunRecordError) {
    descriptor = try FileDescriptor(
      opening: path, O_WRONLY | O_CREAT | O_APPEND, to: "open the event file")
    if try descriptor.size() == 0 {
      try descriptor.write(Self.record(Self.versionEvent(wallTime: wallTime)))
    }
  }

  /// The name that TensorFlow gives such a file: seconds, host, process.
  static func fileName(wallTime: Double) -> String {
    var host = [CChar](repeating: 0, count: 256)
    let isKnown = gethostname(&host, host.count - 1) == 0
    let name = String(
      decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return "\(fileNamePrefix)\(Int(wallTime)).\(isKnown ? name : "localhost").\(getpid())"
  }

  /// Appends the numbers of a logged step, each as a scalar of its name.
  ///
  /// - Parameters:
  ///   - entry: The numbers; TensorBoard keeps them as 32-bit floats.
  ///   - wallTime: The present moment in seconds since 1970.
  /// - Throws: ``RunRecordError`` if the disk does not take it.
  public func append(_ entry: MetricsEntry, wallTime: Double) throws(RunRecordError) {
    try descriptor.write(Self.record(Self.scalarEvent(entry, wallTime: wallTime)))
  }

  /// `Event { wall_time = 1; file_version = 3 }`.
  static func versionEvent(wallTime: Double) -> [UInt8] {
    var event = ProtocolBuffer()
    event.append(wallTime, field: 1)
    event.append(Array("brain.Event:2".utf8), field: 3)
    return event.bytes
  }

  /// `Event { wall_time = 1; step = 2; summary = 5 }` with one
  /// `Summary.Value { tag = 1; simple_value = 2 }` for each number.
  static func scalarEvent(_ entry: MetricsEntry, wallTime: Double) -> [UInt8] {
    var summary = ProtocolBuffer()
    for (name, number) in entry.values.sorted(by: { $0.key < $1.key }) {
      var value = ProtocolBuffer()
      value.append(Array(name.rawValue.utf8), field: 1)
      value.append(Float(number), field: 2)
      summary.append(value.bytes, field: 1)
    }
    var event = ProtocolBuffer()
    event.append(wallTime, field: 1)
    event.append(Int64(entry.step), field: 2)
    event.append(summary.bytes, field: 5)
    return event.bytes
  }

  /// A message in its TFRecord frame.
  static func record(_ message: [UInt8]) -> [UInt8] {
    let length = littleEndianBytes(UInt64(message.count))
    return length + littleEndianBytes(CRC32C.masked(length))
      + message + littleEndianBytes(CRC32C.masked(message))
  }
}
