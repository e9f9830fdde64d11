/// How much work and memory a password hash takes: the parameters of scrypt (RFC 7914).
///
/// One hash takes 128·N·r bytes and time in proportion to N·r·p with N = 2^`roundsExponent`,
/// r = `blockSize`, p = `parallelism`.
public struct ScryptCost: Sendable, Hashable {
  /// log₂ N.
  public let roundsExponent: Int
  /// r.
  public let blockSize: Int
  /// p.
  public let parallelism: Int

  /// N = 2¹⁵, r = 8, p = 1: 32 MiB and about a tenth of a second for each guess.
  public static let standard = ScryptCost(unchecked: 15, 8, 1)

  /// A cost within limits, or nil.
  ///
  /// The limits keep a damaged or forged record from taking the server's memory: at most 256 MiB
  /// and 64 times the work of ``standard``. Weaker ones than 2¹⁰ rounds protect nothing.
  ///
  /// - Parameters:
  ///   - roundsExponent: log₂ N, from 10 to 18.
  ///   - blockSize: r, from 8 to 16.
  ///   - parallelism: p, from 1 to 4.
  public init?(roundsExponent: Int, blockSize: Int, parallelism: Int) {
    guard (10...18).contains(roundsExponent), (8...16).contains(blockSize),
      (1...4).contains(parallelism), 128 * blockSize << roundsExponent <= 1 << 28
    else { return nil }
    self.init(unchecked: roundsExponent, blockSize, parallelism)
  }

  private init(unchecked roundsExponent: Int, _ blockSize: Int, _ parallelism: Int) {
    self.roundsExponent = roundsExponent
    self.blockSize = blockSize
    self.parallelism = parallelism
  }
}
