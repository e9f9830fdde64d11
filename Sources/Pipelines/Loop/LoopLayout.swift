internal import Foundation

/// Where the parts of a turn lie.
public struct LoopLayout: Sendable, Hashable {
  /// The folder of all turns.
  public let out: String
  /// The number of the turn, from 1.
  public let turn: Int

  /// A layout.
  ///
  /// - Parameters:
  ///   - out: The folder of all turns.
  ///   - turn: The number of the turn, from 1.
  public init(out: String, turn: Int) {
    precondition(turn > 0, "turns are counted from 1")
    (self.out, self.turn) = (out, turn)
  }

  /// The folder of the turn.
  public var root: String { "\(out)/\(Self.name(of: turn))" }

  /// The page about the turn.
  public var page: String { "\(root)/report.html" }

  /// What the canary needs to know.
  public var candidate: String { path(of: Part.candidate) }

  /// The model that has learned.
  public var model: String { path(of: Part.training) }

  /// Whether a path leads into the turn's folder, whatever it is written like.
  ///
  /// - Parameter path: A path of the process, or an absolute one.
  /// - Returns: Whether what lies there goes with the turn.
  func holds(_ path: String) -> Bool {
    func resolved(_ path: String) -> String {
      URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
    return (resolved(path) + "/").hasPrefix(resolved(root) + "/")
  }

  /// The folder of a stage.
  ///
  /// - Parameter stage: The stage.
  /// - Returns: Its path.
  public func folder(of stage: LoopStage) -> String { "\(root)/\(stage.rawValue)" }

  /// What a stage says about itself.
  ///
  /// - Parameter stage: The stage.
  /// - Returns: The path of its record.
  func record(of stage: LoopStage) -> String { "\(folder(of: stage))/\(Self.stageRecordName)" }

  /// The path of a part of the turn.
  ///
  /// - Parameter part: Its name within the turn's folder.
  /// - Returns: Its path.
  func path(of part: String) -> String { "\(root)/\(part)" }

  /// The parts of a turn, by their names within its folder.
  enum Part {
    static let pairs = "data/pairs.jsonl"
    static let heldOutPairs = "data/held-out-pairs.jsonl"
    static let unpaired = "data/unpaired.jsonl"
    static let heldOutUnpaired = "data/held-out-unpaired.jsonl"
    static let demonstrations = "data/demonstrations.jsonl"
    static let heldOutDemonstrations = "data/held-out-demonstrations.jsonl"
    static let prompts = "data/prompts.jsonl"
    static let heldOutPrompts = "data/held-out-prompts.jsonl"
    static let reward = "reward/run"
    static let judge = "reward/judge"
    static let training = "training/run"
    static let gate = "gate/gate.json"
    static let comparison = "gate/comparison.json"
    static let candidate = "candidate/candidate.json"
    static let canary = "candidate/canary.yaml"
  }

  /// The name of what a stage says about itself.
  static let stageRecordName = "stage.json"

  /// The name of the file that a folder of turns is known by.
  static let recordName = "loop.json"

  /// The name of a turn's folder: `turn-0001`.
  static func name(of turn: Int) -> String {
    let digits = String(turn)
    return prefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The number of the turn whose folder has a name; `nil` for another folder.
  static func turn(ofName name: String) -> Int? {
    guard name.hasPrefix(prefix), let turn = Int(name.dropFirst(prefix.count)), turn > 0,
      Self.name(of: turn) == name
    else { return nil }
    return turn
  }

  private static let prefix = "turn-"
}
