/// Byte-pair encoding of one piece: the `model` of `tokenizer.json`.
///
/// A piece begins as one token a byte. Among neighbours the pair of lowest rank merges first, the
/// leftmost of equal ones, until no pair has a merge (Sennrich et al. 2016, arXiv 1508.07909).
struct BytePairModel: Sendable {
  let vocabulary: Vocabulary
  let merges: MergeTable
  /// The token of each byte, or -1 where the vocabulary has none.
  let byteIDs: [Int32]
  /// What stands for a byte without a token; nothing does when nil.
  let unknownID: Int32?
  /// Whether a run of unknown bytes is one unknown token.
  let fusesUnknown: Bool
  /// Whether a piece that is a token as a whole is that token, whatever the merges say.
  let ignoresMerges: Bool

  /// Up to this many tokens the pair to merge is found by looking at all of them.
  private static let scanLimit = 64

  /// Appends the tokens of a piece.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - piece: The piece, not empty.
  ///   - workspace: Memory that is used again from piece to piece.
  ///   - output: Receives the token ids.
  func encode(
    _ text: [UInt8], _ piece: Range<Int>, _ workspace: inout MergeWorkspace,
    to output: inout [Int32]
  ) {
    if ignoresMerges, let whole = wholeID(text, piece) {
      output.append(whole)
      return
    }
    fillTokens(text, piece, &workspace)
    if workspace.tokens.count <= Self.scanLimit {
      workspace.mergeByScanning(merges)
    } else {
      workspace.mergeByQueue(merges)
    }
    output += workspace.tokens
  }

  private func wholeID(_ text: [UInt8], _ piece: Range<Int>) -> Int32? {
    var token: [UInt8] = []
    for byte in text[piece] { token.appendUTF8(of: ByteAlphabet.characters[Int(byte)]) }
    return vocabulary.id(of: token)
  }

  private func fillTokens(
    _ text: [UInt8], _ piece: Range<Int>, _ workspace: inout MergeWorkspace
  ) {
    workspace.tokens.removeAll(keepingCapacity: true)
    var wasUnknown = false
    for index in piece {
      let id = byteIDs[Int(text[index])]
      if id >= 0 {
        workspace.tokens.append(id)
      } else if let unknownID, !(wasUnknown && fusesUnknown) {
        workspace.tokens.append(unknownID)
      }
      wasUnknown = id < 0
    }
  }
}
