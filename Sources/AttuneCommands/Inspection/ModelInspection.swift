import Foundation
import LanguageModels
import Tokenization
import TorchEngine

/// What a model directory is: its shape, its weights, its tokenizer, and what is wrong with them.
struct ModelInspection {
  /// Whether the weights were compared with the architecture, name by name.
  enum Completeness: Equatable {
    case complete
    case incomplete
    /// They were not, and why.
    case unchecked(String)
  }

  let directory: String
  let configuration: TransformerConfiguration
  let task: ModelTask
  /// What a reward model stores beside its weights; `nil` for a language model.
  let reward: RewardModelRecord?
  let weights: WeightSummary
  let bytesOnDisk: Int
  let tokenizer: Tokenizer?
  let completeness: Completeness
  /// What is missing or does not fit, a sentence each.
  let problems: [String]

  /// Looks at a directory.
  ///
  /// - Parameters:
  ///   - directory: A model directory in the Hugging Face layout.
  ///   - machine: Decides whether the weights can be loaded.
  /// - Throws: `ModelError` or `EngineError` if configuration or weight files cannot be read.
  init(directory: String, on machine: Machine = Machine()) throws {
    self.directory = directory
    configuration = try TransformerConfiguration(directory: directory)
    task = try ModelTask(directory: directory)
    reward = task == .languageModelling ? nil : try RewardModelRecord(directory: directory)
    weights = try Self.weights(directory, configuration, reward)
    bytesOnDisk = Self.bytesOnDisk(directory)
    var problems: [String] = []
    (completeness, problems) = Self.check(directory, weights, isReward: reward != nil, machine)
    tokenizer = Self.noting(&problems) { try Tokenizer(directory: directory) }
    if let tokenizer, tokenizer.vocabularySize > configuration.vocabularySize {
      problems.append(
        "\(directory): the tokenizer has \(tokenizer.vocabularySize) tokens and the model's "
          + "vocabulary only \(configuration.vocabularySize); use the tokenizer that the model was "
          + "trained with")
    }
    self.problems = problems
  }

  /// Backbone, and score heads that are in a file of their own.
  private static func weights(
    _ directory: String, _ configuration: TransformerConfiguration, _ reward: RewardModelRecord?
  ) throws -> WeightSummary {
    guard let reward else {
      return WeightSummary(try SafetensorsCheckpoint(directory: directory), of: configuration)
    }
    let isClassifier = reward.head.isClassifier && reward.policy == nil
    let backbone = WeightSummary(
      try SafetensorsCheckpoint(directory: reward.policy?.directory ?? directory),
      of: configuration, output: isClassifier ? .scores(reward.head) : .nothing)
    if isClassifier { return backbone }
    let heads = try SafetensorsFile(path: "\(directory)/\(RewardModel.headsFileName)")
    return backbone + WeightSummary(heads: heads)
  }

  private static func check(
    _ directory: String, _ weights: WeightSummary, isReward: Bool, _ machine: Machine
  ) -> (Completeness, problems: [String]) {
    guard Engine.version != nil else { return (.unchecked("this build has no LibTorch"), []) }
    let room = machine.availableMemory / 2
    guard weights.loadedBytes <= room else {
      let needed = NumberText.bytes(weights.loadedBytes)
      return (.unchecked("loading takes \(needed), and \(NumberText.bytes(room)) are to spare"), [])
    }
    var problems: [String] = []
    let isWhole: Void? = noting(&problems) {
      if isReward {
        _ = try RewardModel(directory: directory)
      } else {
        _ = try CausalLanguageModel(directory: directory)
      }
    }
    return (isWhole == nil ? .incomplete : .complete, problems)
  }

  private static func noting<Value>(
    _ problems: inout [String], _ body: () throws -> Value
  ) -> Value? {
    do {
      return try body()
    } catch {
      problems.append(FailureMapping.failure(for: error).description)
      return nil
    }
  }

  /// The size of all files in the directory, those in folders within not counted.
  private static func bytesOnDisk(_ directory: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.reduce(0) { total, name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { return total }
      return total + (attributes?[.size] as? Int ?? 0)
    }
  }
}
