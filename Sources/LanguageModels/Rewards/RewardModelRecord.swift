internal import RunRecords

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a reward model stores beside its weights: `reward_model.json` in its directory.
///
/// A directory without the file is a plain one-label sequence classifier.
public struct RewardModelRecord: Codable, Equatable, Sendable {
  /// Mean and deviation of the scores of a reference set.
  public struct Normalization: Codable, Equatable, Sendable {
    /// The mean.
    public var mean: Double
    /// The standard deviation, above 0.
    public var deviation: Double

    /// Describes scores.
    public init(mean: Double, deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// A score's dependence on length that is taken off: r' = r − slope · (tokens − origin).
  public struct LengthCorrection: Codable, Hashable, Sendable {
    /// Score a completion token.
    public var slope: Double
    /// The number of completion tokens at which nothing is taken off.
    public var origin: Double

    /// Describes a correction.
    public init(slope: Double, origin: Double) {
      self.slope = slope
      self.origin = origin
    }

    /// What is taken off the score of a completion.
    public func amount(tokens: Int) -> Double { slope * (Double(tokens) - origin) }
  }

  /// A policy that the backbone is shared with.
  public struct Policy: Codable, Equatable, Sendable {
    /// Its model directory.
    public var directory: String
    /// A checksum of its weights, so that a policy that was trained since is noticed.
    public var checksum: UInt32
  }

  /// The shape of the heads.
  public var head = ScoreHeadShape()
  /// For each member, mean and deviation of its scores on a reference set; empty where there was none.
  public var normalization: [Normalization] = []
  /// What is taken off for length; `nil` for nothing.
  public var lengthCorrection: LengthCorrection?
  /// Where the backbone is; `nil` for the directory itself.
  public var policy: Policy?
  /// The width of the feature vectors that the heads read in place of hidden states; `nil` for a model
  /// with a backbone.
  public var featureWidth: Int?

  private enum CodingKeys: String, CodingKey {
    case head, normalization, policy
    case lengthCorrection = "length_correction"
    case featureWidth = "feature_width"
  }

  /// A plain classifier.
  public init() {}

  /// The name of the file.
  package static let fileName = "reward_model.json"

  /// Reads the record of a model directory.
  ///
  /// - Parameter directory: A model directory.
  /// - Throws: ``ModelError`` if the file is there and cannot be understood.
  public init(directory: String) throws(ModelError) {
    let path = "\(directory)/\(Self.fileName)"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      self.init()
      return
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: bytes)
    } catch {
      throw .configuration(
        path: path, problem: "is not what this version of Attune writes for a reward model")
    }
    guard head.isPossible, featureWidth.map({ $0 > 0 }) ?? true else {
      throw .configuration(path: path, problem: "describes heads without members or without units")
    }
    guard normalization.isEmpty || normalization.count == head.members,
      normalization.allSatisfy({ $0.deviation > 0 })
    else {
      throw .configuration(
        path: path, problem: "normalizes \(normalization.count) of \(head.members) members")
    }
  }

  /// Writes the record of a model directory in place of the one that is there.
  ///
  /// - Parameter directory: A model directory.
  /// - Throws: `RunRecordError` if the disk does not take it.
  package func write(to directory: String) throws {
    try AtomicFile.write(encoded(), to: "\(directory)/\(Self.fileName)")
  }

  private func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
