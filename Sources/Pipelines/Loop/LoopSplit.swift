internal import Trainers

/// Which prompts nothing is ever trained on.
///
/// A prompt is held out where the first 52 bits of SHA-256(seed ‖ prompt), as a number from 0 to below 1, are
/// below the share. It depends on nothing else: a prompt is on the same side in pairs, in single judgments
/// and among prompts, and in every turn, so that no later turn is judged on what an earlier one has learned.
public struct LoopSplit: Sendable, Hashable {
  /// The share that is held out, above 0, at most ½.
  public let share: Double
  /// What it depends on.
  public let seed: Int

  /// A split.
  ///
  /// - Parameters:
  ///   - share: The share that is held out.
  ///   - seed: What it depends on.
  public init(share: Double, seed: Int) { (self.share, self.seed) = (share, seed) }

  /// Whether a prompt is held out.
  ///
  /// - Parameter prompt: Its text, without white space at the ends.
  /// - Returns: The same for the same text.
  public func holdsOut(_ prompt: String) -> Bool {
    let digits = ContentDigest.of("\(seed)\n\(prompt)").prefix(13)
    guard let number = UInt64(digits, radix: 16) else {
      preconditionFailure("a digest is hexadecimal")
    }
    return Double(number) / Double(UInt64(1) << 52) < share
  }
}
