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
    var hashes: [UInt64] = []
    var letters: [UInt64] = []
    var before: UInt64?
    for word in words {
      let hash = Self.hash(word.utf8)
      hashes.append(hash)
      if let before { hashes.append(Self.mix(before ^ (hash &* 0x9E37_79B9_7F4A_7C15))) }
      before = hash
      letters.removeAll(keepingCapacity: true)
      letters.append(2)
      for scalar in word.unicodeScalars { letters.append(UInt64(scalar.value)) }
      letters.append(3)
      Self.addRuns(of: letters, to: &hashes)
    }
    hashes.sort()
    var elements: [(place: Int, hash: UInt64, value: Double)] = []
    var start = 0
    while start < hashes.count {
      let hash = hashes[start]
      var end = start + 1
      while end < hashes.count, hashes[end] == hash { end += 1 }
      let value = Self.damped(end - start)
      elements.append((Int(hash & UInt64(buckets - 1)), hash, hash >> 63 == 0 ? value : -value))
      start = end
    }
    // In one order, so that sums of what collides do not differ by rounding from run to run.
    elements.sort { $0.place == $1.place ? $0.hash < $1.hash : $0.place < $1.place }
    return SparseVector(sorted: elements.lazy.map { ($0.place, $0.value) }).normalized
  }

  /// 1 + log n, by which a word that is repeated counts for less than as many words.
  static func damped(_ count: Int) -> Double {
    count < dampings.count ? dampings[count] : 1 + log(Double(count))
  }

  private static let dampings: [Double] = (0..<64).map { 1 + log(Double($0)) }

  /// Three to five letters in a row, the ends of the word marked.
  private static func addRuns(of letters: [UInt64], to hashes: inout [UInt64]) {
    for start in letters.indices.dropLast(2) {
      var hash = letterSeed
      for end in start..<min(start + 5, letters.count) {
        hash = (hash ^ letters[end]) &* prime
        if end - start >= 2 { hashes.append(mix(hash)) }
      }
    }
  }

  private static let wordSeed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let letterSeed: UInt64 = 0x8422_2325_CBF2_9CE4
  private static let prime: UInt64 = 0x100_0000_01B3

  /// FNV-1a, whose low bits `mix` then makes depend on all.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    mix(bytes.reduce(wordSeed) { ($0 ^ UInt64($1)) &* prime })
  }

  /// The finalizer of MurmurHash3.
  private static func mix(_ hash: UInt64) -> UInt64 {
    var hash = hash
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }
}
