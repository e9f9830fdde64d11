public import Monitoring
internal import Foundation

/// What a turn offers to the canary: its `candidate.json`.
public struct LoopCandidate: Codable, Equatable, Sendable {
  /// A model.
  public struct Model: Codable, Equatable, Sendable {
    /// Where it lies.
    public var directory: String
    /// SHA-256 over its configuration and weights.
    public var fingerprint: String

    /// A model.
    ///
    /// - Parameters:
    ///   - directory: Where it lies.
    ///   - fingerprint: SHA-256 over its configuration and weights.
    public init(directory: String, fingerprint: String) {
      (self.directory, self.fingerprint) = (directory, fingerprint)
    }
  }

  /// The number of this layout.
  public var formatVersion = 1
  /// The project's name.
  public var project: String
  /// The number of the turn.
  public var turn: Int
  /// What joins all files of the turn.
  public var lineage: LoopLineage
  /// The policy that was in use when the turn was begun.
  public var policy: Model
  /// What was trained from it; in the file, its directory is seen from the file's folder.
  public var candidate: Model
  /// Why it may be released.
  public var gate: GateResult
  /// How it comes into use.
  public var canary: CanaryPlan

  private enum CodingKeys: String, CodingKey {
    case formatVersion = "format_version"
    case project, turn, lineage, policy, candidate, gate, canary
  }

  /// A candidate.
  ///
  /// - Parameters:
  ///   - project: The project's name.
  ///   - turn: The number of the turn.
  ///   - lineage: What joins all files of the turn.
  ///   - policy: The policy that was in use when the turn was begun.
  ///   - candidate: What was trained from it.
  ///   - gate: Why it may be released.
  ///   - canary: How it comes into use.
  public init(
    project: String, turn: Int, lineage: LoopLineage, policy: Model, candidate: Model,
    gate: GateResult, canary: CanaryPlan
  ) {
    (self.project, self.turn, self.lineage) = (project, turn, lineage)
    (self.policy, self.candidate, self.gate, self.canary) = (policy, candidate, gate, canary)
  }

  /// Reads what a turn offers, its directory as this process finds it.
  ///
  /// - Parameter path: A `candidate.json`.
  /// - Throws: ``LoopError/noCandidate(path:)`` or ``LoopError/broken(path:)``.
  public init(contentsOf path: String) throws(LoopError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .noCandidate(path: path) }
    guard var candidate = DocumentFile.read(LoopCandidate.self, from: path) else {
      throw .broken(path: path)
    }
    let directory = candidate.candidate.directory
    if !directory.hasPrefix("/") {
      let slash = path.lastIndex(of: "/")
      let folder = slash.map { String(path[...$0]) } ?? ""
      candidate.candidate.directory = folder + directory
    }
    self = candidate
  }
}
