public import Foundation

/// What a stage says about itself: its `stage.json`.
public struct LoopStageRecord: Codable, Equatable, Sendable {
  /// The number of this layout.
  public var formatVersion = 1
  /// The stage.
  public var stage: LoopStage
  /// The number of the turn.
  public var turn: Int
  /// What joins all files of the turn.
  public var lineage: LoopLineage
  /// When the stage was begun.
  public var started: Date
  /// When it was done; `nil` while it is not.
  public var finished: Date?
  /// How long the process that finished it worked on it, in seconds.
  public var seconds: Double?
  /// Digests of what it is made from, by name.
  public var inputs: [String: String]
  /// Digests of what it made, by its name within the turn's folder.
  public var outputs: [String: String] = [:]
  /// How many there are of something.
  public var counts: [String: Int] = [:]
  /// What was measured.
  public var figures: [String: Double] = [:]
  /// What it came to, each in a few words.
  public var findings: [String] = []
  /// Whether the gate was passed; `nil` for other stages.
  public var passed: Bool?

  private enum CodingKeys: String, CodingKey {
    case formatVersion = "format_version"
    case stage, turn, lineage, started, finished, seconds, inputs, outputs, counts, figures
    case findings, passed
  }

  /// A stage that is begun.
  ///
  /// - Parameters:
  ///   - stage: The stage.
  ///   - turn: The number of the turn.
  ///   - lineage: What joins all files of the turn.
  ///   - started: The present moment.
  ///   - inputs: Digests of what it is made from, by name.
  public init(
    _ stage: LoopStage, turn: Int, lineage: LoopLineage, started: Date, inputs: [String: String]
  ) {
    (self.stage, self.turn, self.lineage) = (stage, turn, lineage)
    (self.started, self.inputs) = (started, inputs)
  }

  /// Whether it is done.
  public var isFinished: Bool { finished != nil }

  /// Reads a record.
  ///
  /// - Parameter path: Its file.
  /// - Returns: `nil` where there is none.
  /// - Throws: ``LoopError/broken(path:)``.
  static func read(_ path: String) throws(LoopError) -> LoopStageRecord? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let record = DocumentFile.read(LoopStageRecord.self, from: path) else {
      throw .broken(path: path)
    }
    return record
  }
}
