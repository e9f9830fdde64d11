import Foundation
import PreferenceData
import Testing
import Tokenization

/// What scripts/record/dpo.py wrote: a tiny Llama, eight pairs, and what TRL 1.16.0 made of them.
enum Fixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/dpo").path

  static let model = "\(folder)/model"
  static let tokenizerWithBeginning = "\(folder)/tokenizer_bos"
  static let pairs = "\(folder)/pairs.jsonl"

  /// The eight pairs as rows of text.
  static func rows() throws -> [[String: String]] {
    try Data(contentsOf: URL(filePath: pairs)).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode([String: String].self, from: $0)
    }
  }
}

/// `expected.json`.
struct Recording: Decodable {
  struct Case: Decodable {
    struct Settings: Decodable {
      /// TRL takes one name or a list.
      struct Losses: Decodable {
        var names: [String]

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          names = try (try? container.decode([String].self)) ?? [container.decode(String.self)]
        }
      }

      var loss_type: Losses
      var beta: Double
      var learning_rate: Double
      var lr_scheduler_type: String
      var warmup_steps: Int
      var weight_decay: Double
      var max_grad_norm: Double
      var max_length: Int
      var batch_size: Int
      var gradient_accumulation_steps: Int
      var max_steps: Int
      var label_smoothing: Double?
      var discopop_tau: Double?
      var loss_weights: [Double]?
      var f_divergence_type: String?
      var f_alpha_divergence_coef: Double?
      var ld_alpha: Double?
      var use_weighting: Bool?
    }
    var name: String
    var settings: Settings
    var rows_kept: Int
    /// Under TRL's names, not rounded.
    var steps: [[String: Double]]
  }

  struct Tokens: Decodable {
    var prompt: String?
    var chosen: String?
    var rejected: String?
    var prompt_ids: [Int32]
    var chosen_ids: [Int32]
    var rejected_ids: [Int32]

    var pair: TokenizedPair {
      TokenizedPair(prompt: prompt_ids, chosen: chosen_ids, rejected: rejected_ids)
    }
  }

  struct Sums: Decodable {
    var chosen: Double
    var rejected: Double
  }

  var cases: [Case]
  var tokens: [Tokens]
  var reference_log_probabilities: [Sums]
  var awkward: [Tokens]
  var awkward_with_bos: [Tokens]
  var implicit: [Tokens]

  static func read() throws -> Recording {
    try JSONDecoder().decode(
      Recording.self,
      from: Data(contentsOf: URL(filePath: "\(Fixture.model)/../expected.json").standardized))
  }
}

extension Recording.Case: CustomTestStringConvertible {
  var testDescription: String { name }
}

/// |a − b| as a part of |b|.
func relativeDeviation(_ a: Double, from b: Double) -> Double {
  a == b ? 0 : abs(a - b) / max(abs(b), .leastNormalMagnitude)
}
