internal import PreferenceData
internal import RunRecords
internal import Tokenization
internal import TorchEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RewardModel {
  /// Writes the model as a directory.
  ///
  /// A linear head makes a one-label sequence classifier that `transformers` opens as it is; that of
  /// an ensemble of linear heads is the mean of its members, whose scores are the mean of theirs.
  /// What `transformers` has no form for goes to `reward_heads.safetensors`: the members of an
  /// ensemble, and heads of more than one layer, whose directory is otherwise that of the backbone.
  /// With a shared backbone the heads alone are written.
  ///
  /// Weights are written in float32, which is what they are trained in.
  ///
  /// - Parameters:
  ///   - folder: An existing folder, which should be temporary until it is complete.
  ///   - source: The model directory that the configuration and the tokenizer come from.
  /// - Throws: `RunRecordError` if the disk does not take a file, or ``ModelError``.
  package func write(to folder: String, companionsFrom source: String) throws {
    try CompanionFiles.copyTokenizer(from: source, to: folder)
    try writeConfiguration(to: folder, from: source)
    if backbone != .shared { try writeBackbone(to: folder) }
    if !head.isClassifier || backbone == .shared {
      try parameters.heads.write(to: "\(folder)/\(Self.headsFileName)")
    }
    if record != RewardModelRecord() {
      try record.write(to: folder)
    }
  }

  private var task: ModelTask {
    head.kind == .linear && backbone != .shared ? .sequenceClassification : .features
  }

  private func writeBackbone(to folder: String) throws {
    let path = "\(folder)/model.safetensors"
    switch head.kind {
    case .multilayer:
      try parameters.backbone.write(to: path)
    case .linear where head.isClassifier:
      try parameters.write(to: path)
    case .linear:
      let mean = try withoutGradients { () throws(EngineError) in
        try meanOfLinearHeads()
      }
      try parameters.backbone.write(to: path, adding: ["score.weight": mean])
    }
  }

  private func meanOfLinearHeads() throws(EngineError) -> Tensor {
    var sum = [Double](repeating: 0, count: configuration.width)
    for member in 0..<head.members {
      let weight = try parameters.weight(of: .score(member)).values(as: Double.self)
      for place in sum.indices { sum[place] += weight[place] }
    }
    return try Tensor(
      sum.map { Float($0 / Double(head.members)) }, shape: [1, configuration.width])
  }

  private func writeConfiguration(to folder: String, from source: String) throws {
    var fields = try CompanionFiles.configuration(of: source)
    let family = configuration.family
    fields.set("architectures", to: .array([.string(family.architecture(for: task))]))
    if task == .sequenceClassification {
      // Without them transformers takes a classifier to have two labels.
      fields.set("id2label", to: .object(["0": .string("LABEL_0")]))
      fields.set("label2id", to: .object(["LABEL_0": .number(0)]))
      fields.set("pad_token_id", to: try padding(of: source))
    }
    try CompanionFiles.write(configuration: fields, to: folder)
  }

  /// The padding that transformers is to look past, if it is a token of its own.
  ///
  /// It reads a score at the last id that is no padding. Where that is the end of sequence too, it
  /// would read one token early; without padding it scores one sequence at a time, as it should, and
  /// refuses batches.
  private func padding(of source: String) throws -> JSONValue {
    let tokenizer = try Tokenizer(directory: source)
    guard let padding = tokenizer.padding, padding != tokenizer.endOfSequence else { return .null }
    return .number(Double(padding))
  }
}
