import Testing

@testable import RunRecords

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Internal parts are tested here, as their published test vectors are about them.
@Suite("TensorBoard events")
struct TensorBoardEventsTests {
  /// RFC 3720, appendix B.4; the last is the check value of the CRC catalogue for "123456789".
  @Test(
    "CRC-32C of published vectors",
    arguments: [
      ([UInt8](repeating: 0x00, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
      ([UInt8](0..<32), 0x46DD_794E),
      ([UInt8]((0..<32).reversed()), 0x113F_DB5C),
      (Array("123456789".utf8), 0xE306_9283),
      ([], 0),
    ] as [([UInt8], UInt32)])
  func checksum(bytes: [UInt8], value: UInt32) { #expect(CRC32C.checksum(bytes) == value) }

  /// What scripts/record/tensorboard_events.py recorded from TensorBoard's own writer.
  private struct Fixture: Decodable {
    struct Event: Decodable {
      enum Part: Decodable {
        case tag(String)
        case number(Double)

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          if let number = try? container.decode(Double.self) {
            self = .number(number)
          } else {
            self = .tag(try container.decode(String.self))
          }
        }
      }
      let wall_time: Double
      let step: Int
      let values: [[Part]]

      var entry: MetricsEntry {
        var entry = MetricsEntry(step: step, values: [:])
        for value in values {
          guard case .tag(let tag) = value.first, case .number(let number) = value.last else {
            continue
          }
          entry.values[MetricName(rawValue: tag)] = number
        }
        return entry
      }
    }
    let events: [Event]
    let file: String
  }

  @Test("a file is TensorBoard's own, byte for byte")
  func recorded() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/tensorboard.json")
    let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: path))
    let folder = try TemporaryFolder()
    let first = try #require(fixture.events.first)
    let events = try TensorBoardEvents(path: folder.path("events"), wallTime: first.wall_time)
    for event in fixture.events { try events.append(event.entry, wallTime: event.wall_time) }
    let bytes = try Data(contentsOf: URL(filePath: folder.path("events")))
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }
    #expect(digits.joined() == fixture.file)
  }

  @Test("long texts and negative steps are encoded as the guide says")
  func protocolBuffer() {
    // Encoding guide: 150 is 96 01; -2 is fe ff ff ff ff ff ff ff ff 01.
    var message = ProtocolBuffer()
    message.append(150 as Int64, field: 1)
    message.append(-2 as Int64, field: 1)
    message.append(Array("testing".utf8), field: 2)
    #expect(
      message.bytes == [0x08, 0x96, 0x01, 0x08, 0xFE] + [UInt8](repeating: 0xFF, count: 8) + [0x01]
        + [0x12, 0x07] + Array("testing".utf8))
  }

  @Test("TensorBoard finds the file by its name; opened again, it goes on without a second header")
  func naming() throws {
    let name = TensorBoardEvents.fileName(wallTime: 1_795_262_400.9)
    #expect(name.hasPrefix("events.out.tfevents.1795262400."))
    let folder = try TemporaryFolder()
    _ = try TensorBoardEvents(path: folder.path(name), wallTime: 0)
    let header = try Data(contentsOf: URL(filePath: folder.path(name)))
    _ = try TensorBoardEvents(path: folder.path(name), wallTime: 1)
    #expect(try Data(contentsOf: URL(filePath: folder.path(name))) == header)
  }
}
