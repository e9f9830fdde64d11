#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What `checkpoint.json` says: which files make up a checkpoint, and how long the run's logs were.
///
/// It is written last, and the folder gets its name after that, so a checkpoint that has a name was
/// whole once; the checksums tell whether it still is.
struct CheckpointManifest: Codable, Equatable {
  /// One file of the checkpoint.
  struct File: Codable, Equatable {
    var name: String
    var bytes: Int
    /// CRC-32C of its contents.
    var checksum: UInt32
  }

  /// Optimizer steps done.
  var step: Int
  /// The length in bytes of each log of the run, by name, at this step. What is beyond belongs to
  /// steps that resuming takes again.
  var logs: [String: Int]
  /// All files but this one, sorted by name.
  var files: [File]

  static let fileName = "checkpoint.json"

  /// Describes the files that lie in a folder.
  init(step: Int, logs: [String: Int], filesIn folder: String) throws(RunRecordError) {
    self.step = step
    self.logs = logs
    files = []
    for name in try folderContents(folder) where name != Self.fileName {
      let (bytes, checksum) = try measured(join(folder, name))
      files.append(File(name: name, bytes: bytes, checksum: checksum))
    }
  }

  /// Reads the manifest of a checkpoint.
  init(ofCheckpointAt folder: String) throws(RunRecordError) {
    let path = join(folder, Self.fileName)
    let bytes = try readFile(path)
    do {
      self = try JSONDecoder().decode(CheckpointManifest.self, from: bytes)
    } catch {
      throw .malformed(path: path, line: 1, problem: "is not the manifest of a checkpoint")
    }
  }

  /// The manifest as a JSON document with a line feed at the end.
  func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try Array(encoder.encode(self)) + Array("\n".utf8)
    } catch {
      preconditionFailure("texts and integers always encode: \(error)")
    }
  }

  /// What is wrong with a folder that should hold these files, or `nil` when all is well.
  func damage(in folder: String) -> String? {
    for file in files {
      do throws(RunRecordError) {
        let (bytes, checksum) = try measured(join(folder, file.name))
        guard bytes == file.bytes else {
          return "\(file.name) has \(bytes) bytes instead of \(file.bytes)"
        }
        guard checksum == file.checksum else { return "the contents of \(file.name) have changed" }
      } catch {
        return "\(file.name) cannot be read"
      }
    }
    return nil
  }
}

/// The length of a file and the CRC-32C of its contents.
func measured(_ path: String) throws(RunRecordError) -> (bytes: Int, checksum: UInt32) {
  let file = try FileDescriptor(opening: path, O_RDONLY, to: "open")
  var checksum = CRC32C()
  var bytes = 0
  var buffer = [UInt8](repeating: 0, count: 4 << 20)
  while true {
    let count = try file.read(into: &buffer)
    if count == 0 { return (bytes, checksum.value) }
    buffer.withUnsafeBytes { checksum.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    bytes += count
  }
}
