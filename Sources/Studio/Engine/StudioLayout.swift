/// Where the studio keeps what it makes.
struct StudioLayout: Sendable {
  /// The directory of all of it.
  let root: String

  /// The file that the studio knows its own directory by.
  static let recordName = "studio.json"
  var record: String { "\(root)/\(Self.recordName)" }
  /// The small world with its fine-tuned model.
  var world: String { "\(root)/world" }
  /// The run directories of reward models and policies.
  var runs: String { "\(root)/runs" }
  var data: String { "\(root)/data" }
  /// Pairs that are held out, judged without error.
  var heldOutPairs: String { "\(data)/held-out-pairs.jsonl" }
  /// What the policy practises on.
  var prompts: String { "\(data)/prompts.jsonl" }
  /// What it is watched on.
  var heldOutPrompts: String { "\(data)/held-out-prompts.jsonl" }
  /// The choices that the reward model of a name learns from.
  func choices(of run: String) -> String { "\(data)/\(run).jsonl" }
}
