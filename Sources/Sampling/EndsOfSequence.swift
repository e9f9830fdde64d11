public import LanguageModels

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The ids at which the model of a directory ends what it says: `eos_token_id` of `generation_config.json`, or of
/// `config.json` where that has none.
public struct EndsOfSequence: Equatable, Sendable {
  /// The ids; none where neither file names one.
  public let ids: Set<Int32>

  /// Reads them.
  ///
  /// - Parameter directory: A model directory.
  /// - Throws: `ModelError` where a file is there and `eos_token_id` is neither an id nor a list of them.
  public init(directory: String) throws(ModelError) {
    for name in ["generation_config.json", "config.json"] {
      let path = "\(directory)/\(name)"
      guard let bytes = FileManager.default.contents(atPath: path) else { continue }
      guard let file = try? JSONDecoder().decode(File.self, from: bytes) else {
        throw .configuration(
          path: path, problem: "has an eos_token_id that is neither an id nor a list of ids")
      }
      guard let found = file.eos_token_id else { continue }
      ids = found.ids
      return
    }
    ids = []
  }

  private struct File: Decodable {
    var eos_token_id: OneOrMore?
  }

  private struct OneOrMore: Decodable {
    let ids: Set<Int32>

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(Int32.self) {
        ids = [one]
      } else {
        ids = Set(try container.decode([Int32].self))
      }
    }
  }
}
