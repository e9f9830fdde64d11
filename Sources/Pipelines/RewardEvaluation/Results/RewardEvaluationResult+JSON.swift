#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension RewardEvaluationResult {
  /// The result as JSON: names in snake case, sorted, one a line.
  ///
  /// - Returns: UTF-8 with a line feed at the end.
  /// - Throws: What the encoder throws; all numbers are finite.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads what ``encoded()`` has written.
  ///
  /// - Parameter data: The bytes.
  /// - Throws: What the decoder throws.
  public init(decoding data: Data) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: data)
  }
}
