internal import Crypto
public import Foundation
internal import PreferenceData
internal import RunRecords
internal import TrainingConfiguration

/// Where a run comes from, as its manifest records it.
public struct RunOrigin: Sendable {
  /// The program's version.
  public var version: String
  /// The command line, program name first.
  public var command: [String]
  /// When it was started.
  public var startedAt: Date
  /// The resolved configuration as YAML: what `attune.yaml` will hold.
  public var configuration: String
  /// The lineage of what the run is a part of: a turn of the loop; `nil` for a run of its own.
  public var lineage: String?

  /// Describes where a run comes from.
  ///
  /// - Parameters:
  ///   - version: The program's version.
  ///   - command: The command line, program name first.
  ///   - startedAt: When it was started.
  ///   - configuration: The resolved configuration as YAML.
  public init(version: String, command: [String], startedAt: Date, configuration: String) {
    self.version = version
    self.command = command
    self.startedAt = startedAt
    self.configuration = configuration
  }

  func manifest(
    _ settings: some MethodConfiguration, rows: Int, dropped: DroppedRows
  ) throws -> RunManifest {
    let droppedRows = dropped.reasons.map { ($0.rawValue, dropped[$0]) }
    return RunManifest(
      attune: version, command: command, method: type(of: settings).method.rawValue,
      lineage: lineage, startedAt: startedAt, seed: settings.run.seed,
      data: try settings.dataFiles.map(Self.dataFile), rows: rows,
      droppedRows: Dictionary(uniqueKeysWithValues: droppedRows))
  }

  /// The run directory, ready for the first record: made, or set back to where the run goes on.
  ///
  /// - Parameters:
  ///   - destination: The checked place.
  ///   - earlier: The run that lies there and goes on; `nil` for a new one.
  ///   - checkpoint: Where it goes on; `nil` for its beginning.
  ///   - manifest: Where a new run comes from.
  /// - Returns: The directory.
  /// - Throws: `RunRecordError` with what is in the way.
  func directory(
    at destination: RunDestination, goingOnWith earlier: RunDirectory?,
    from checkpoint: Checkpoint?, manifest: () throws -> RunManifest
  ) throws -> RunDirectory {
    let directory = try earlier ?? RunDirectory(at: destination, manifest: manifest())
    if earlier != nil {
      try directory.rewind(to: checkpoint)
      try directory.amend { $0.note(self, after: checkpoint?.step ?? 0) }
    }
    try directory.write(configuration, to: "attune.yaml")
    return directory
  }

  private static func dataFile(_ path: String) throws -> RunManifest.DataFile {
    let bytes = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
    return RunManifest.DataFile(
      path: path, bytes: bytes.count, sha256: hexadecimal(SHA256.hash(data: bytes)))
  }
}

/// A digest as text.
func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
  digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
