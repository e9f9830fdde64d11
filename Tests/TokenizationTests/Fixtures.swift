import Foundation
import Testing
import Tokenization

/// The model directories that scripts/record/tokenizer_fixtures.py has written.
enum Fixtures {
  static let styles = ["gpt2", "llama3", "qwen2", "smollm", "rewritten", "awkward"]

  /// A text, and what `tokenizers` 0.23.3 makes of it.
  struct Row: Decodable {
    let text: String
    /// With the post-processor's tokens.
    let ids: [Int32]
    /// Without.
    let plain: [Int32]
    let decoded: String
    /// Decoded without special tokens.
    let skipped: String
  }

  static func directory(_ style: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(style)").path
  }

  static func rows(_ style: String) throws -> [Row] {
    let url = URL(fileURLWithPath: directory(style) + "/expected.jsonl")
    return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Row.self, from: $0)
    }
  }

  /// A new folder with these files, which the caller removes.
  static func folder(_ files: [String: Data]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tokenizer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
    return folder
  }
}
