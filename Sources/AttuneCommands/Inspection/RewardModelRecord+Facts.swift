import LanguageModels
import PreferenceData

extension FactList {
  /// Adds what a reward model stores beside its weights.
  mutating func add(_ record: RewardModelRecord) {
    let head = record.head
    add(
      "score heads",
      "\(head.members == 1 ? "one" : "\(head.members) members"), \(head.kind.words)")
    if let policy = record.policy { add("shares", "the backbone of \(policy.directory)") }
    if !record.normalization.isEmpty {
      add("reference scores", record.normalization.map(\.words).joined(separator: "; "))
    }
    if let correction = record.lengthCorrection {
      add(
        "for length",
        "\(NumberText.significant(correction.slope, digits: 3)) a token is taken off beyond "
          + NumberText.significant(correction.origin, digits: 3))
    }
  }
}

extension JSONReport {
  /// Adds what a reward model stores beside its weights.
  mutating func add(_ record: RewardModelRecord) {
    add("score_heads", record.head.members)
    add("score_head", record.head.kind.words)
    add("policy", record.policy.map { .string($0.directory) } ?? .null)
    add("means", .array(record.normalization.map { .number($0.mean) }))
    add("deviations", .array(record.normalization.map { .number($0.deviation) }))
    add("length_slope", record.lengthCorrection.map { .number($0.slope) } ?? .null)
    add("length_origin", record.lengthCorrection.map { .number($0.origin) } ?? .null)
  }
}

extension ScoreHeadShape.Kind {
  /// What a member computes.
  fileprivate var words: String {
    switch self {
    case .linear: "linear"
    case .multilayer(let width): "linear, ReLU, linear with \(width) hidden units"
    }
  }
}

extension RewardModelRecord.Normalization {
  fileprivate var words: String {
    "mean \(NumberText.significant(mean, digits: 3)), deviation "
      + NumberText.significant(deviation, digits: 3)
  }
}
