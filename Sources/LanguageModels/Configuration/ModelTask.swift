/// What a checkpoint's network ends in.
public enum ModelTask: CaseIterable, Sendable {
  /// Log probabilities of the next token.
  case languageModelling
  /// One score for a sequence: a reward model.
  case sequenceClassification
  /// Hidden states, for heads of Attune's own.
  case features
}

extension ModelFamily {
  /// The name that `config.json` gives under `architectures`.
  ///
  /// - Parameter task: What the network ends in.
  /// - Returns: For instance `LlamaForSequenceClassification`.
  public func architecture(for task: ModelTask) -> String {
    switch task {
    case .languageModelling: rawValue
    case .sequenceClassification: "\(stem)ForSequenceClassification"
    case .features: "\(stem)Model"
    }
  }

  private var stem: String {
    switch self {
    case .llama: "Llama"
    case .mistral: "Mistral"
    case .qwen2: "Qwen2"
    case .qwen3: "Qwen3"
    case .gpt2: "GPT2"
    }
  }

  /// The family and the task of an architecture's name; `nil` for one that Attune does not compute.
  static func named(_ architecture: String) -> (family: ModelFamily, task: ModelTask)? {
    for family in allCases {
      for task in ModelTask.allCases where family.architecture(for: task) == architecture {
        return (family, task)
      }
    }
    return nil
  }
}

extension ModelTask {
  /// Reads what a model directory's network ends in.
  ///
  /// - Parameter directory: A model directory in the Hugging Face layout.
  /// - Throws: ``ModelError`` if `config.json` cannot be read or names no architecture that is known.
  public init(directory: String) throws(ModelError) {
    self = try ConfigurationFile(path: "\(directory)/config.json").architecture().task
  }
}
