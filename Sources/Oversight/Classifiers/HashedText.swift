#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A text as the n-grams of its words and letters, hashed into a fixed number of places (Weinberger et al.
/// 2009, arXiv:0902.2206): no vocabulary, so that nothing is unknown.
///
/// Words are ``PlainWords``; one word or two in a row make a feature, and so do three to five letters in a
/// row of a word with its ends marked, which see through spellings that no training text had. Counts are
/// damped by 1 + log, a hash decides the sign, so that collisions cancel on average, and the vector is
/// scaled to length 1, so that a long text is no more of anything.
public struct HashedText: Sendable, Hashable, Codable {
  /// Places, a power of two.
  public let buckets: Int

  /// A way to hash.
  ///
  /// - Parameter buckets: Places, a power of two.
  public init(buckets: Int = 1 << 18) {
    precondition(buckets > 0 && buckets & (buckets - 1) == 0, "\(buckets) buckets")
    self.buckets = buckets
  }

  /// The features of a text.
  ///
  /// - Parameter text: Any text.
  /// - Returns: A vector of length 1; of zeros for a text without words.
  public func vector(of text: String) -> SparseVector {
    vector(ofWords: PlainWords(text).words)
  }

  func vector(ofWords words: [String]) -> SparseVector {
    var counts: [UInt64: Double] = [:]
    var before: UInt64?
    for word in words {
      let bytes = Array(word.utf8)
      let hash = Self.hash(bytes, seed: Self.wordSeed)
      counts[hash, default: 0] += 1
      if let before { counts[Self.mix(before ^ (hash &* 0x9E37_79B9_7F4A_7C15)), default: 0] += 1 }
      before = hash
      addLetters(of: word, to: &counts)
    }
    var elements: [Int: Double] = [:]
    // In one order, so that sums of what collides do not differ by rounding from run to run.
    for (hash, count) in counts.sorted(by: { $0.key < $1.key }) {
      let value = 1 + log(count)
      elements[Int(hash & UInt64(buckets - 1)), default: 0] += hash >> 63 == 0 ? value : -value
    }
    return SparseVector(elements).normalized
  }

  /// Three to five letters in a row, the ends of the word marked.
  private func addLetters(of word: String, to counts: inout [UInt64: Double]) {
    let letters = [UInt32(2)] + word.unicodeScalars.map(\.value) + [3]
    for length in 3...5 where length <= letters.count {
      for start in 0...(letters.count - length) {
        var hash = Self.letterSeed
        for letter in letters[start..<(start + length)] {
          hash = (hash ^ UInt64(letter)) &* Self.prime
        }
        counts[Self.mix(hash), default: 0] += 1
      }
    }
  }

  private static let wordSeed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let letterSeed: UInt64 = 0x8422_2325_CBF2_9CE4
  private static let prime: UInt64 = 0x100_0000_01B3

  /// FNV-1a, whose low bits `mix` then makes depend on all.
  private static func hash(_ bytes: [UInt8], seed: UInt64) -> UInt64 {
    mix(bytes.reduce(seed) { ($0 ^ UInt64($1)) &* prime })
  }

  /// The finalizer of MurmurHash3.
  private static func mix(_ hash: UInt64) -> UInt64 {
    var hash = hash
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }
}
