import Foundation

/// What scripts/record/kto.py and bco.py wrote: twelve judged completions, and what TRL 1.16.0 and the
/// BCO trainer of TRL 1.13.0 made of them with the model of ``Fixture``.
enum UnpairedFixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/kto").path

  static let completions = "\(folder)/unpaired.jsonl"

  /// One of the twelve rows.
  struct Row: Codable {
    var prompt: String
    var completion: String
    var label: Bool
    var weight: Double?
  }

  static func rows() throws -> [Row] {
    try Data(contentsOf: URL(filePath: completions)).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Row.self, from: $0)
    }
  }

  static func read<Content: Decodable>(_ name: String) throws -> Content {
    try JSONDecoder().decode(
      Content.self, from: Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
  }
}

/// `expected.json` or `bco.json`.
struct UnpairedRecording<Tokens: Decodable & Sendable>: Decodable, Sendable {
  var cases: [UnpairedCase]
  var tokens: [Tokens]
}

/// A recorded run.
struct UnpairedCase: Decodable, Sendable {
  struct Settings: Decodable {
    /// Missing in the recordings of the BCO trainer, which has but one loss.
    var loss_type: String?
    var beta: Double
    var desirable_weight: Double?
    var undesirable_weight: Double?
    var learning_rate: Double
    var max_grad_norm: Double
    var max_length: Int
    var batch_size: Int
    var gradient_accumulation_steps: Int
    var max_steps: Int
  }
  var name: String
  var settings: Settings
  var rows_kept: Int
  /// Under TRL's names, not rounded.
  var steps: [[String: Double]]
  var evaluation: [String: Double]?
}

/// How TRL tokenizes a row for KTO, and what it mismatches its prompt with in batches of four.
struct KTOTokens: Decodable {
  var prompt_ids: [Int32]
  var completion_ids: [Int32]
  var KL_completion_ids: [Int32]
  var label: Bool
}

/// How TRL tokenizes a row for BCO.
struct BCOTokens: Decodable {
  var completion_input_ids: [Int32]
  var prompt_length: Int
}

extension TemporaryFolder {
  /// Writes judged completions as JSON Lines and returns the file's path.
  func write(judged rows: [UnpairedFixture.Row], to name: String) throws -> String {
    let encoder = JSONEncoder()
    let lines = try rows.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
    return try write(lines.joined(), to: name)
  }
}
