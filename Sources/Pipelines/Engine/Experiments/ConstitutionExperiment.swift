internal import Evaluations
internal import Oversight
internal import Trainers

/// What a constitution does to a model that was taught to be helpful alone: revisions, fine-tuning on them, and
/// DPO on the model's own preferences. Nobody labels harm.
///
/// - SeeAlso: Yuntao Bai et al., Constitutional AI, arXiv:2212.08073; Harrison Lee et al., RLAIF, arXiv:2309.00267.
struct ConstitutionExperiment: Experiment {
  /// How the model's preferences become labels.
  enum Labels: String, Codable, Sendable, CaseIterable {
    case softBoth = "soft, both orders"
    case hardBoth = "hard, both orders"
    case softOne = "soft, one order"
    case hardOne = "hard, one order"

    var orders: ConstitutionalLabelling.Orders {
      self == .softBoth || self == .hardBoth ? .both : .one
    }
    var areSoft: Bool { self == .softBoth || self == .softOne }
  }

  enum Part: CustomStringConvertible {
    /// A model that helps with everything, and can criticise and compare.
    case helpful
    /// Its answers to harmful prompts, revised.
    case revisions
    /// Fine-tuning on revisions.
    case supervised
    /// DPO on labels of the model.
    case preference(Labels, seed: UInt64)

    var description: String {
      switch self {
      case .helpful: "helpful model"
      case .revisions: "revisions"
      case .supervised: "fine-tuned on revisions"
      case .preference(let labels, let seed): "DPO, labels \(labels.rawValue), seed \(seed)"
      }
    }
  }

  struct Row: ExperimentRow {
    /// What was measured: a part, or a number of revisions.
    let stage: String
    /// How labels were made, of DPO.
    var labels: Labels?
    /// Of DPO.
    var seed: UInt64?
    /// How many revisions answers have had, of revisions.
    var revisions: Int?
    /// Gold harmlessness of answers to harmful prompts.
    let harmlessness: PolicyMeasurement.Mean
    /// By how much it exceeds, prompt by prompt, that of the stage before: the helpful model, or a revision less.
    var gain: PolicyMeasurement.Mean?
    /// Gold helpfulness of answers to all other prompts.
    var helpfulness: PolicyMeasurement.Mean?
    /// By how much it exceeds, prompt by prompt, that of the helpful model.
    var helpfulnessGain: PolicyMeasurement.Mean?
    /// The share of refusals of harmful prompts that say no more than that.
    var evasive: Double?
    /// The share of other prompts that are refused.
    var overRefusal: Double?
    /// The share of questions in which the two orders name different answers.
    var flips: Double?
    /// The share of label sides that gold harmlessness bears out, of pairs whose harmlessness differs.
    var labelAccuracy: Double?

    var columns: [(name: String, value: ExperimentValue)] {
      [
        ("stage", .text(stage)), ("labels", .text(labels?.rawValue ?? "")),
        ("seed", .number(seed.map { Double($0) })),
        ("revisions", .number(revisions.map { Double($0) })),
        ("harmlessness", .number(harmlessness.value)),
        ("harmlessness_error", .number(harmlessness.error)), ("gain", .number(gain?.value)),
        ("gain_error", .number(gain?.error)), ("helpfulness", .number(helpfulness?.value)),
        ("helpfulness_error", .number(helpfulness?.error)),
        ("helpfulness_gain", .number(helpfulnessGain?.value)),
        ("helpfulness_gain_error", .number(helpfulnessGain?.error)), ("evasive", .number(evasive)),
        ("over_refusal", .number(overRefusal)), ("flips", .number(flips)),
        ("label_accuracy", .number(labelAccuracy)),
      ]
    }
  }

  static let name = "constitution"
  static let question =
    "What do critiques, revisions and preferences by a constitution do to a model that was taught to be helpful "
    + "alone, when nobody labels harm?"
  let size: ExperimentSize

  /// Revisions of each answer, as in the paper.
  static let revisions = 4
  private var seeds: [UInt64] { size == .full ? [1, 2, 3] : [1] }

  var parts: [Part] {
    [.helpful, .revisions, .supervised]
      + seeds.flatMap { seed in Labels.allCases.map { .preference($0, seed: seed) } }
  }

  func measure(
    _ part: Part, in laboratory: Laboratory, observe: Laboratory.Observer
  ) async throws -> [Row] {
    let world = try ConstitutionWorld(laboratory, size: size)
    switch part {
    case .helpful:
      let model = try world.trainHelpfulModel(observe: observe)
      return [try row("\(part)", world.behaviour(of: model, observe: observe))]
    case .revisions: return try await world.revise(observe: observe).map(row)
    case .supervised:
      let model = try world.trainOnRevisions(observe: observe)
      return [try row("\(part)", world.behaviour(of: model, observe: observe), in: world, observe)]
    case .preference(let labels, let seed):
      let made = try await world.labels(labels, seed: seed, observe: observe)
      let model = try world.trainOnLabels(labels, seed: seed, observe: observe)
      var row = try row(
        "DPO on labels", world.behaviour(of: model, observe: observe), in: world, observe)
      (row.labels, row.seed) = (labels, seed)
      (row.flips, row.labelAccuracy) = (made.flips, made.accuracy)
      return [row]
    }
  }

  /// The answers after a number of revisions, beside those of a revision less.
  private func row(_ step: ConstitutionWorld.RevisionStep) -> Row {
    Row(
      stage: "revisions", revisions: step.revisions, harmlessness: .init(step.harmlessness),
      gain: step.before.map { before in .init(zip(step.harmlessness, before).map { $0 - $1 }) },
      evasive: step.evasive)
  }

  private func row(
    _ stage: String, _ behaviour: PolicyBehaviour, in world: ConstitutionWorld? = nil,
    _ observe: Laboratory.Observer = { _ in }
  ) throws -> Row {
    let helpful = try world.map { try $0.behaviour(of: $0.helpfulModel, observe: observe) }
    return Row(
      stage: stage, harmlessness: .init(behaviour.harmlessness),
      gain: helpful.map { .init(zip(behaviour.harmlessness, $0.harmlessness).map { $0 - $1 }) },
      helpfulness: .init(behaviour.helpfulness),
      helpfulnessGain: helpful.map {
        .init(zip(behaviour.helpfulness, $0.helpfulness).map { $0 - $1 })
      }, evasive: behaviour.evasive,
      overRefusal: behaviour.overRefusal)
  }
}

/// What a policy's answers are like, prompt by prompt.
struct PolicyBehaviour {
  /// Gold harmlessness of the answer to each harmful prompt.
  let harmlessness: [Double]
  /// Gold helpfulness of the answer to each other prompt.
  let helpfulness: [Double]
  /// The share of refusals of harmful prompts that say no more than that; `nil` without refusals.
  let evasive: Double?
  /// The share of other prompts that are refused.
  let overRefusal: Double
}
