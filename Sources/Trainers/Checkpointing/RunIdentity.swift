internal import Crypto
internal import Objectives
internal import PreferenceData
internal import Tokenization
internal import TrainingConfiguration

/// What makes two runs the same computation: settings that decide it, weights it starts from, data.
///
/// A checkpoint keeps the identity of its run, and resuming compares: a run that went on with another
/// learning rate, or with rows that were edited in between, would be neither of the two.
struct RunIdentity: Codable, Equatable {
  /// The name of the method, for instance `dpo`.
  let method: String
  /// Settings that decide the result, as text, by name.
  let settings: [String: String]
  /// Digests of what the settings point at, by what it is: "model", "training data".
  var inputs: [String: String]

  /// Settings that may change between a checkpoint and going on from it.
  ///
  /// Paths may: what lies there is compared by its digest. The length of the run may, so that a
  /// finished run can be extended. The others say how often something is written, or change the
  /// order of additions at most.
  private static let free: Set = [
    "model", "reference_model", "data", "features", "eval_data", "out", "reference_cache", "epochs",
    "max_steps", "logging_steps", "eval_steps", "save_steps", "save_total_limit", "threads",
    "micro_batch_size", "prompts", "eval_prompts", "reward_model", "reward_rules", "reward_timeout",
    "value_model", "log_completions_steps", "judge_gold", "judge_model", "judge_program",
    "watch_keywords",
  ]

  /// Settings that decide where a run ends, if it may end early.
  private static let deciding: Set = ["eval_steps", "judge_gold", "judge_model", "judge_program"]

  /// The identity of a run.
  ///
  /// - Parameters:
  ///   - method: The name of the method.
  ///   - settings: Its configuration.
  ///   - inputs: Digests of the models and the data.
  init(method: String, settings: some TrainingSettings, inputs: [String: String]) {
    self.method = method
    self.inputs = inputs
    var texts: [String: String] = [:]
    let literals = settings.literals
    // Evaluations then decide which model is kept, and when the run ends.
    let stopsEarly = literals.contains {
      $0.setting.name == "early_stopping_patience" && $0.value.isSet
    }
    let free = stopsEarly ? Self.free.subtracting(Self.deciding) : Self.free
    for (setting, value) in literals where !free.contains(setting.name) {
      texts[setting.name] = value.description
    }
    self.settings = texts
  }

  /// What is different in the run that wants to go on, as sentences without a full stop.
  func differences(from saved: RunIdentity) -> [String] {
    if method != saved.method { return ["the method was \(saved.method) and is \(method)"] }
    let changedInputs = Set(inputs.keys).union(saved.inputs.keys).sorted()
      .filter { inputs[$0] != saved.inputs[$0] }
      .map { "the \($0) is not what it was" }
    let changedSettings = Set(settings.keys).union(saved.settings.keys).sorted()
      .filter { settings[$0] != saved.settings[$0] }
      .map { "\($0) was \(saved.settings[$0] ?? "unknown") and is \(settings[$0] ?? "unknown")" }
    return changedInputs + changedSettings
  }
}

extension TrainingPairs {
  /// SHA-256 over the token ids, weights and margins of all pairs, in their order.
  var digest: String {
    var hash = SHA256()
    for pair in pairs {
      for ids in [pair.prompt, pair.chosen, pair.rejected] {
        withUnsafeBytes(of: ids.count) { hash.update(bufferPointer: $0) }
        ids.withUnsafeBytes { hash.update(bufferPointer: $0) }
      }
      for number in [pair.weight, pair.margin ?? .nan, pair.probability] {
        withUnsafeBytes(of: number.bitPattern) { hash.update(bufferPointer: $0) }
      }
    }
    return hexadecimal(hash.finalize())
  }
}
