import Foundation
import Testing

/// What scripts/record/sft.py wrote: demonstrations, texts, and what TRL 1.16.0 made of them.
enum SupervisedFixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/sft").path

  static let demonstrations = "\(folder)/demonstrations.jsonl"
  static let texts = "\(folder)/texts.jsonl"

  /// The rows of a file of the fixture.
  static func rows(_ path: String) throws -> [[String: String]] {
    try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode([String: String].self, from: $0)
    }
  }
}

/// `expected.json` of the fixture.
struct SupervisedRecording: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    struct Settings: Decodable {
      var data: String
      var learning_rate: Double
      var lr_scheduler_type: String
      var warmup_steps: Int
      var weight_decay: Double
      var max_grad_norm: Double
      var max_length: Int
      var batch_size: Int
      var gradient_accumulation_steps: Int
      var max_steps: Int
      var completion_only_loss: Bool?
      var label_smoothing_factor: Double?
      var loss_type: String?
    }
    var name: String
    var settings: Settings
    var rows_kept: Int
    /// Under TRL's names, not rounded.
    var steps: [[String: Double]]
    /// After the last step.
    var evaluation: [String: Double]

    var testDescription: String { name }
  }

  /// A row as TRL tokenizes it; the labels of tokens that are not learned are −100.
  struct Tokens: Decodable {
    var input_ids: [Int32]
    var labels: [Int32]
  }

  var cases: [Case]
  var demonstrations: [Tokens]
  var texts: [Tokens]

  static func read() throws -> SupervisedRecording {
    let file = URL(filePath: SupervisedFixture.texts).deletingLastPathComponent()
      .appending(path: "expected.json")
    return try JSONDecoder().decode(SupervisedRecording.self, from: Data(contentsOf: file))
  }
}
