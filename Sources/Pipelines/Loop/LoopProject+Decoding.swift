internal import Monitoring
internal import Rewards
internal import TrainingConfiguration

extension LoopProject: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name, policy, feedback, annotations, data, prompts
    case minimumPairs = "minimum_pairs"
    case heldOut = "held_out"
    case reward, training, judge, sampling, gate, canary, out, seed
  }

  /// Reads a project file.
  ///
  /// - Parameter decoder: At the file's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(
      decoder, names: CodingKeys.allCases.map(\.rawValue), of: "a loop project")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func section(_ key: CodingKeys) throws -> (any Decoder)? {
      container.contains(key) ? try container.superDecoder(forKey: key) : nil
    }
    let name = try container.decode(String.self, forKey: .name)
    guard Self.isName(name) else {
      throw fields.error(
        CodingKeys.name,
        "experiments are named after it: give letters, digits, '-', '_' and '.', such as 'helpful'")
    }
    guard let training = try section(.training) else {
      throw fields.error("'training' is missing; say how, for instance 'training: {method: dpo}'")
    }
    try self.init(
      name: name, policy: try container.decode(String.self, forKey: .policy),
      training: try LoopTraining(from: training))
    feedback = try container.decodeIfPresent(String.self, forKey: .feedback)
    annotations = try container.decodeIfPresent([String].self, forKey: .annotations) ?? []
    data = try container.decodeIfPresent([String].self, forKey: .data) ?? []
    prompts = try container.decodeIfPresent(String.self, forKey: .prompts)
    minimumPairs = try container.decodeIfPresent(Int.self, forKey: .minimumPairs) ?? minimumPairs
    heldOut = try fields.number(CodingKeys.heldOut, within: nil) ?? heldOut
    judge = try fields.choice(CodingKeys.judge) ?? judge
    out = try container.decodeIfPresent(String.self, forKey: .out) ?? out
    seed = try container.decodeIfPresent(Int.self, forKey: .seed) ?? seed
    if let section = try section(.reward) { reward = try RewardConfiguration(loop: section) }
    if let section = try section(.sampling) { sampling = try Sampling(from: section) }
    if let section = try section(.gate) { gate = try GateCriteria(from: section) }
    if let section = try section(.canary) {
      do {
        canary = try CanaryPlan(unnamed: section, experiment: name)
      } catch let error as CanaryPlanError {
        throw fields.error(CodingKeys.canary, error.description)
      }
    }
    try check(fields)
    try checkSettings(container.codingPath)
  }

  /// Refuses numbers out of range, and a project that nothing is learned from.
  private func check(_ fields: RuleFields) throws {
    guard feedback != nil || !annotations.isEmpty || !data.isEmpty else {
      throw fields.error(
        "nothing says what people prefer; give feedback, annotations or data")
    }
    guard minimumPairs >= 2 else {
      throw fields.error(
        CodingKeys.minimumPairs, "at least 2 are needed, one to learn from and one held out")
    }
    guard heldOut > 0, heldOut <= 0.5 else {
      throw fields.error(CodingKeys.heldOut, "it must be above 0 and at most 0.5; 0.1 is usual")
    }
    guard (0..<1_000_000).contains(seed) else {
      throw fields.error(CodingKeys.seed, "it must be from 0 to 999999")
    }
    guard !out.isEmpty else { throw fields.error(CodingKeys.out, "it must be a folder") }
  }

  /// Refuses settings that a run of the turn could not start with.
  private func checkSettings(_ path: [any CodingKey]) throws {
    let configurations = LoopConfigurations(project: self, layout: LoopLayout(out: out, turn: 1))
    try Self.locating(path + [CodingKeys.reward]) {
      try configurations.reward.validateForRun()
    }
    try Self.locating(path + [CodingKeys.training]) {
      try configurations.training(hasUnpaired: true).settings.validateForRun()
    }
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }

  /// Gives problems with settings their place in the file.
  static func locating<Value>(_ path: [any CodingKey], _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let problems as SettingProblems {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: path + [SettingKey(problems.problems[0].setting)],
          debugDescription: problems.problems.map(\.message).joined(separator: "; ")))
    }
  }
}

extension LoopTraining {
  private enum CodingKeys: String, CodingKey { case method }

  /// Reads a method with its settings.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder)
    guard let method: LoopMethod = try fields.choice(CodingKeys.method) else {
      throw fields.error(
        "'method' is missing; give one of "
          + LoopMethod.allCases.map(\.rawValue).joined(separator: ", "))
    }
    switch method {
    case .sft: self = .sft(try .init(loop: decoder))
    case .dpo: self = .dpo(try .init(loop: decoder))
    case .kto: self = .kto(try .init(loop: decoder))
    case .ppo: self = .ppo(try .init(loop: decoder))
    case .rloo: self = .rloo(try .init(loop: decoder))
    case .grpo: self = .grpo(try .init(loop: decoder))
    case .reinforce: self = .reinforce(try .init(loop: decoder))
    }
  }
}

/// The methods that a policy in use can go on with.
private enum LoopMethod: String, CaseIterable { case sft, dpo, kto, ppo, rloo, grpo, reinforce }

extension TrainingSettings {
  /// Reads settings of which the loop sets some itself.
  fileprivate init(loop decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SettingKey.self)
    let own = Self.self == RewardConfiguration.self ? loopSettings + ["features"] : policySettings
    if let key = container.allKeys.first(where: { own.contains($0.stringValue) }) {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: "the loop sets it; leave it out")
    }
    self = try LoopProject.locating(container.codingPath) {
      try Self(from: decoder, beside: ["method"])
    }
  }
}

/// What the loop decides: what is read, where it is written, and what is drawn.
private let loopSettings = ["data", "eval_data", "eval_fraction", "out", "seed"]
private let policySettings =
  loopSettings + ["model", "prompts", "eval_prompts", "reward_model"]

extension LoopProject.Sampling {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case maxNewTokens = "max_new_tokens"
    case temperature, completions
  }

  /// Reads how answers are drawn.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  init(from decoder: any Decoder) throws {
    let fields = try RuleFields(
      decoder, names: CodingKeys.allCases.map(\.rawValue), of: "'sampling'")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    maxNewTokens = try container.decodeIfPresent(Int.self, forKey: .maxNewTokens) ?? maxNewTokens
    temperature = try fields.number(CodingKeys.temperature, within: nil) ?? temperature
    completions = try container.decodeIfPresent(Int.self, forKey: .completions) ?? completions
    guard maxNewTokens > 0 else {
      throw fields.error(CodingKeys.maxNewTokens, "it must be at least 1")
    }
    guard temperature > 0, temperature.isFinite else {
      throw fields.error(CodingKeys.temperature, "it must be above 0")
    }
    guard completions > 0 else {
      throw fields.error(CodingKeys.completions, "it must be at least 1")
    }
  }
}
