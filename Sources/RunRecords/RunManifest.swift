#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Where a run came from: what `run.json` in its directory says.
///
/// Together with `attune.yaml` it is enough to start the run again and to see whether the data are
/// still the same. It also lists the files that Attune wrote, so that replacing a run never touches
/// a file that somebody else put there.
public struct RunManifest: Codable, Equatable, Sendable {
  /// A data file as it was when the run read it.
  public struct DataFile: Codable, Equatable, Sendable {
    /// The path as it was given.
    public var path: String
    /// Its size.
    public var bytes: Int
    /// SHA-256 of the file as it lies on the disk, in lower-case hexadecimal digits.
    public var sha256: String

    /// Describes a data file.
    public init(path: String, bytes: Int, sha256: String) {
      self.path = path
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// A later process that went on with the run.
  public struct Resumption: Codable, Equatable, Sendable {
    /// The steps that were done, of those that count.
    public var step: Int
    /// The command line, program name first.
    public var command: [String]
    /// When it started, to the second.
    public var startedAt: Date

    /// Describes a process that goes on after a step.
    public init(step: Int, command: [String], startedAt: Date) {
      self.step = step
      self.command = command
      self.startedAt = startedAt.wholeSeconds
    }
  }

  /// The version of Attune that wrote the run; the key that marks a directory as a run.
  public var attune: String
  /// The command line, program name first.
  public var command: [String]
  /// What trains it, under the name of its command; `nil` where no method of Attune does.
  public var method: String?
  /// The lineage of what it is a part of: a turn of the loop; `nil` for a run of its own.
  public var lineage: String?
  /// When the run started, to the second.
  public var startedAt: Date
  /// The seed of the order of the data and of new weights.
  public var seed: Int
  /// The data files in the order in which they were read.
  public var data: [DataFile]
  /// How many rows the run uses.
  public var rows: Int
  /// How many rows were left out, by reason.
  public var droppedRows: [String: Int]
  /// The processes that went on with the run after it was interrupted, the first one first.
  public var resumptions: [Resumption]?
  /// The steps of the finished run, whose model lies at the root; `nil` while it goes on.
  public var finishedSteps: Int?
  /// The names, relative to the directory, that Attune wrote beside `run.json`, sorted.
  public internal(set) var files: [String] = []

  /// Describes a run that has written nothing yet.
  ///
  /// - Parameters:
  ///   - attune: The version of Attune.
  ///   - command: The command line, program name first.
  ///   - method: What trains it, under the name of its command.
  ///   - lineage: The lineage of what it is a part of.
  ///   - startedAt: The present moment; kept to the second.
  ///   - seed: The seed of the run.
  ///   - data: The data files.
  ///   - rows: How many rows the run uses.
  ///   - droppedRows: How many rows were left out, by reason.
  public init(
    attune: String, command: [String], method: String? = nil, lineage: String? = nil,
    startedAt: Date, seed: Int, data: [DataFile], rows: Int, droppedRows: [String: Int]
  ) {
    self.attune = attune
    self.command = command
    self.method = method
    self.lineage = lineage
    self.startedAt = startedAt.wholeSeconds
    self.seed = seed
    self.data = data
    self.rows = rows
    self.droppedRows = droppedRows
  }

  /// Reads the manifest of a run directory.
  ///
  /// - Throws: ``RunRecordError`` if the directory has none, or it does not read as one.
  public init(ofRunAt directory: String) throws(RunRecordError) {
    let path = join(directory, RunDirectory.manifestName)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    let bytes = try readFile(path)
    do {
      self = try decoder.decode(RunManifest.self, from: bytes)
    } catch {
      throw .malformed(path: path, line: 1, problem: "is not the manifest of a run: \(error)")
    }
  }

  /// The manifest as a JSON document: keys sorted, one to a line, with a line feed at the end.
  package func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    do {
      return try Array(encoder.encode(self)) + Array("\n".utf8)
    } catch {
      preconditionFailure("texts, integers and a date always encode: \(error)")
    }
  }
}

extension Date {
  /// Without the fraction of a second, which ISO 8601 leaves out here.
  fileprivate var wholeSeconds: Date {
    Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
  }
}

/// The bytes of a file.
package func readFile(_ path: String) throws(RunRecordError) -> Data {
  do {
    return try Data(contentsOf: URL(filePath: path))
  } catch {
    throw .system(operation: "read the file", path: path, reason: "\(error)")
  }
}
