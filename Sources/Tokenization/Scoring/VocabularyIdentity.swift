/// What makes the token ids of two tokenizers mean the same: the text of every id, and which of them
/// ends a sequence. How texts are cut into tokens does not matter to who is handed ids.
///
///     policyTokenizer.vocabularyIdentity == scorer.vocabulary  // ids may be handed over
public struct VocabularyIdentity: Hashable, Sendable {
  /// How many tokens there are.
  public let size: Int
  /// FNV-1a over ids and texts (Fowler, Noll, Vo: RFC 9923).
  private let digest: UInt64

  fileprivate init(size: Int, digest: UInt64) {
    self.size = size
    self.digest = digest
  }
}

extension VocabularyIdentity: CustomStringConvertible {
  /// The number of tokens, and digits that tell it from others of as many.
  public var description: String {
    "\(size) tokens (\(String(digest, radix: 16)))"
  }
}

extension Tokenizer {
  /// What its ids mean, to be compared with what others' mean.
  public var vocabularyIdentity: VocabularyIdentity {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
    func add(_ id: Int32) { withUnsafeBytes(of: id.littleEndian) { add($0) } }
    var seen = 0
    var id: Int32 = 0
    while seen < vocabularySize, id <= Vocabulary.largestID {
      if let text = text(of: id) {
        add(id)
        add(text)
        seen += 1
      }
      id += 1
    }
    add(endOfSequence ?? -1)
    return VocabularyIdentity(size: vocabularySize, digest: digest)
  }
}
