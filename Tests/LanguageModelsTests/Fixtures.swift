#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import Testing
  import TorchEngine

  /// The recorded checkpoints, written by scripts/record/families.py.
  enum Fixture {
    static let names = [
      "gpt2", "gpt2_gelu", "gpt2_gelu_uniform", "gpt2_published", "gpt2_relu",
      "llama", "llama_bfloat16", "llama_biases", "llama_float16", "llama_gqa_untied",
      "llama_head_dim", "llama_rope_default", "llama_rope_linear", "llama_rope_linear_old",
      "llama_rope_llama3", "llama_rope_llama3_old", "llama_sharded", "mistral", "mistral_window",
      "qwen2", "qwen2_window", "qwen2_window_old", "qwen3", "smollm",
    ]

    static func directory(_ name: String) -> String {
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)").path
    }
  }

  /// What transformers computed for one sequence.
  struct RecordedSequence: Decodable {
    var ids: [Int32]
    var log_probabilities: [Double]
    var entropy: [Double]
    var mean_log_probability: [Double]
  }

  extension Fixture {
    static func recorded(_ name: String) throws -> [RecordedSequence] {
      struct File: Decodable { var sequences: [RecordedSequence] }
      let path = "\(directory(name))/expected.json"
      return try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(filePath: path)))
        .sequences
    }

    /// A copy of a recorded checkpoint that a test may change.
    static func copy(_ name: String, into folder: TemporaryFolder) throws -> String {
      let path = "\(folder.path)/model"
      try FileManager.default.copyItem(atPath: directory(name), toPath: path)
      return path
    }
  }

  /// Changes `config.json` of a copied checkpoint.
  func changeConfiguration(
    _ directory: String, _ changes: [String: JSONValue], removing removed: Set<String> = []
  ) throws {
    let path = "\(directory)/config.json"
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    guard case .object(let object)? = JSONValue(parsing: bytes) else {
      Issue.record("\(path) is no JSON object")
      return
    }
    var changed: JSONObject = [:]
    for member in object.members where !removed.contains(member.name) {
      changed.set(member.name, to: member.value)
    }
    for (name, value) in changes { changed.set(name, to: value) }
    let text = try #require(JSONValue.object(changed).text)
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  /// All weights of a checkpoint by name.
  func tensors(of directory: String) throws -> [String: Tensor] {
    let checkpoint = try SafetensorsCheckpoint(directory: directory)
    return try Dictionary(
      uniqueKeysWithValues: checkpoint.names.map { ($0, try checkpoint.tensor($0)) })
  }

  /// The largest difference; infinite where counts differ or a number is none.
  func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    let differences = zip(a, b).map { abs($0 - $1) }
    return differences.allSatisfy(\.isFinite) ? differences.max() ?? 0 : .infinity
  }
#endif
