extension SeededGenerator {
  /// A stream of its own for a purpose: files of two kinds with the same seed share no draws.
  ///
  /// The name is hashed by FNV-1a (64 bits), so that streams of small seeds cannot meet.
  ///
  /// - Parameters:
  ///   - seed: The user's seed.
  ///   - purpose: What the draws are for.
  package init(seed: UInt64, purpose: String) {
    let hash = purpose.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    self.init(seed: seed ^ hash)
  }
}
