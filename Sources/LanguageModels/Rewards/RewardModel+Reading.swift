internal import RunRecords
internal import TorchEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RewardModel {
  /// Reads a reward model.
  ///
  /// - Parameters:
  ///   - directory: A one-label sequence classifier in the Hugging Face layout, or what
  ///     `write(to:companionsFrom:)` has written.
  ///   - backbone: How the backbone takes part; `nil` for as it did.
  /// - Throws: ``ModelError`` or `EngineError`, naming the file and what does not fit.
  public convenience init(directory: String, backbone: RewardBackbone? = nil) throws {
    let record = try RewardModelRecord(directory: directory)
    guard record.featureWidth == nil else {
      throw ModelError.configuration(
        path: "\(directory)/\(RewardModelRecord.fileName)",
        problem: "is a reward model of feature vectors, which reads no text; give it rows of "
          + "features")
    }
    let task = try ModelTask(directory: directory)
    if task == .languageModelling {
      throw ModelError.configuration(
        path: "\(directory)/config.json",
        problem: "is a language model, not a reward model; train one from it with `attune reward`")
    }
    let configuration = try TransformerConfiguration(directory: directory)
    if task == .sequenceClassification { try Self.checkLabels(of: directory) }
    let parameters: Parameters
    if let policy = record.policy {
      try policy.check()
      parameters = try Parameters(
        SafetensorsCheckpoint(directory: policy.directory), of: configuration, output: .nothing)
    } else {
      parameters = try Parameters(
        SafetensorsCheckpoint(directory: directory), of: configuration,
        output: record.head.isClassifier ? .scores(record.head) : .nothing)
    }
    self.init(
      configuration: configuration, head: record.head,
      parameters: record.head.isClassifier && record.policy == nil
        ? parameters
        : parameters.joined(
          with: try Parameters(
            headsOf: record.head, width: configuration.width,
            from: SafetensorsFile(path: "\(directory)/\(Self.headsFileName)"))),
      backbone: backbone ?? (record.policy == nil ? .trained : .shared), record: record)
  }

  /// A language model's backbone with fresh heads.
  ///
  /// - Parameters:
  ///   - directory: That of a causal language model.
  ///   - head: The shape of the heads.
  ///   - backbone: How the backbone takes part.
  ///   - seed: The same seed gives the same heads; each member draws from a generator of its own.
  /// - Throws: ``ModelError`` or `EngineError`, naming the file and what does not fit.
  public convenience init(
    policy directory: String, head: ScoreHeadShape, backbone: RewardBackbone, seed: UInt64
  ) throws {
    let configuration = try TransformerConfiguration(directory: directory)
    let checkpoint = try SafetensorsCheckpoint(directory: directory)
    var record = RewardModelRecord()
    record.head = head
    if backbone == .shared { record.policy = try .init(directory: directory) }
    self.init(
      configuration: configuration, head: head,
      parameters: try Parameters(checkpoint, of: configuration, output: .nothing)
        .joined(with: Parameters(freshHeads: head, width: configuration.width, seed: seed)),
      backbone: backbone, record: record)
  }

  /// The file of heads that `transformers` has no form for.
  package static let headsFileName = "reward_heads.safetensors"

  private static func checkLabels(of directory: String) throws(ModelError) {
    struct Fields: Decodable {
      var num_labels: Int?
      var id2label: [String: String]?
    }
    let file = try ConfigurationFile(path: "\(directory)/config.json")
    let fields = try file.decoded(Fields.self)
    // What transformers takes a classifier to have that does not say.
    let labels = fields.num_labels ?? fields.id2label?.count ?? 2
    guard labels == 1 else {
      throw file.refused("the classifier has \(labels) labels, and a reward model has one")
    }
  }
}

extension RewardModelRecord.Policy {
  /// The policy as it is now, with a path that holds wherever it is read from.
  init(directory: String) throws {
    self.directory = URL(filePath: directory).standardizedFileURL.path
    checksum = try Self.checksum(of: directory)
  }

  func check() throws {
    guard try Self.checksum(of: directory) == checksum else {
      throw ModelError.weights(
        path: directory,
        problem: "the policy's weights have changed since the reward head was trained on them; "
          + "train the head again")
    }
  }

  private static func checksum(of directory: String) throws -> UInt32 {
    try FileChecksum.castagnoli(ofFilesIn: directory) { $0.hasSuffix(".safetensors") }
  }
}
