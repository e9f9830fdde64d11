internal import Trainers

/// What joins all files of a turn: sixteen hexadecimal digits that its project, its number, the policy in
/// use and its data decide.
///
/// lineage = the first 64 bits of SHA-256(name ‖ turn ‖ policy ‖ data), the parts divided by line feeds.
/// The same turn on the same data from the same policy has the same lineage wherever it is computed.
public struct LoopLineage: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Sixteen hexadecimal digits.
  public let description: String

  /// The lineage of a turn.
  ///
  /// - Parameters:
  ///   - project: The project's name, without a line feed.
  ///   - turn: The number of the turn, from 1.
  ///   - policy: The fingerprint of the policy in use.
  ///   - data: The digest of all records.
  public init(project: String, turn: Int, policy: String, data: String) {
    let parts = ["attune loop", project, "\(turn)", policy, data]
    description = String(ContentDigest.of(parts.joined(separator: "\n")).prefix(16))
  }

  /// Reads a lineage.
  ///
  /// - Parameter decoder: At a text.
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    description = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the lineage as a text.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
