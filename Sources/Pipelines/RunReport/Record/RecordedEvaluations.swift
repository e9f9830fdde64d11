internal import PreferenceData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What was measured of a run's model afterwards: the files of `evaluations/` in its directory, each the
/// object that `attune evaluate … --json` prints.
struct RecordedEvaluations: Sendable {
  /// What a reward model is worth.
  let reward: RewardEvaluationResult?
  /// How well a language model predicts texts.
  let perplexity: PerplexityResult?
  /// Models beside each other.
  let comparison: RecordedComparison?

  /// Reads what is there; what does not read is left out with a note.
  ///
  /// - Parameters:
  ///   - directory: The run directory.
  ///   - notes: Get a sentence for each file that does not read.
  init(ofRunAt directory: String, notes: inout [String]) {
    func read<Value>(_ name: String, _ decode: (Data) throws -> Value?) -> Value? {
      let path = "\(directory)/evaluations/\(name).json"
      guard let data = FileManager.default.contents(atPath: path) else { return nil }
      if let value = try? decode(data) { return value }
      notes.append(
        "\(path): is not what `attune evaluate \(name) --json` prints; measure again, or remove it")
      return nil
    }
    reward = read("reward") { try RewardEvaluationResult(decoding: $0) }
    perplexity = read("perplexity") { data in
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(PerplexityResult.self, from: data)
    }
    comparison = read("compare") { RecordedComparison(json: Array($0)) }
  }
}
