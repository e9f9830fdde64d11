public import Monitoring
public import TrainingConfiguration
internal import Evaluations

/// What a loop is made of: the content of a project file.
///
///     name: helpful
///     policy: models/policy
///     feedback: feedback.sqlite
///     annotations: [team.attune]
///     data: [pairs.jsonl]
///     prompts: prompts.jsonl
///     minimum_pairs: 200
///     held_out: 0.1
///     reward: {learning_rate: 1e-4}
///     training: {method: dpo, beta: 0.1}
///     judge: reward
///     sampling: {max_new_tokens: 128}
///     gate: {criteria: {win_rate: {above: 0.5}}}
///     canary: {steps: [0.05, 0.5]}
///     out: loop
///     seed: 0
///
/// `name`, `policy`, `training` and one of `feedback`, `annotations` and `data` must be there. Paths are
/// those of the process, as everywhere.
public struct LoopProject: Sendable, Equatable {
  /// Who decides at the gate whether the candidate answers better.
  public enum Judge: String, Sendable, Hashable, CaseIterable {
    /// The reward model, or where the policy learned from it the second one.
    case reward
    /// The sandbox's judge, who knows the truth of its world.
    case sandbox
  }

  /// How answers are drawn at the gate.
  public struct Sampling: Sendable, Hashable {
    /// Tokens of an answer at most, at least 1.
    public var maxNewTokens = 256
    /// What logits are divided by, above 0.
    public var temperature = 1.0
    /// Answers to each prompt, at least 1.
    public var completions = 1

    /// The usual.
    public init() {}
  }

  /// What the project is called: letters, digits, `-`, `_` and `.`, of which experiments are named.
  public var name: String
  /// The directory of the policy in use, which is never changed.
  public var policy: String
  /// The file in which `attune serve` keeps what users say.
  public var feedback: String?
  /// Annotation projects.
  public var annotations: [String] = []
  /// Files of further preference pairs.
  public var data: [String] = []
  /// A file of prompts to learn and to be compared on; `nil` for those of the pairs.
  public var prompts: String?
  /// Fewer different pairs stop the turn.
  public var minimumPairs = 200
  /// The share of prompts that nothing is trained on, above 0, at most ½.
  public var heldOut = 0.1
  /// How the reward model is trained.
  public var reward = RewardConfiguration()
  /// How the policy is trained.
  public var training: LoopTraining
  /// Who decides at the gate.
  public var judge = Judge.reward
  /// How answers are drawn at the gate.
  public var sampling = Sampling()
  /// What a candidate must be.
  public var gate = GateCriteria.candidate
  /// How a candidate comes into use; its experiment is named when there is one.
  public var canary: CanaryPlan
  /// The folder of the turns.
  public var out = "loop"
  /// What every draw depends on, below a million.
  public var seed = 0

  /// A project with the usual settings.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - policy: The directory of the policy in use.
  ///   - training: How the policy is trained.
  /// - Throws: `CanaryPlanError` for a blank name.
  public init(name: String, policy: String, training: LoopTraining) throws {
    (self.name, self.policy, self.training) = (name, policy, training)
    canary = try CanaryPlan(experiment: name)
  }

  /// Every file and directory that it names to learn from.
  var sources: [String] {
    [policy] + annotations + data + [feedback, prompts, reward.model].compactMap(\.self)
  }

  /// The name of a candidate's experiment: no other has it, not even one of the same turn that was trained
  /// otherwise, and so nothing that was seen of another counts, and other users are asked first.
  func experiment(_ lineage: LoopLineage, candidate fingerprint: String) -> String {
    "\(name)-\(lineage)-\(fingerprint.prefix(8))"
  }
}

extension GateCriteria {
  /// What a loop can measure of a candidate: a reward model that is right more often than not, wins that
  /// are no chance, and nearness to the policy in use.
  public static let candidate = GateCriteria([
    Criterion(.rewardAccuracy, .above(0.5)), Criterion(.winRate, .above(0.5), isConfident: true),
    Criterion(.kl),
  ])
}
