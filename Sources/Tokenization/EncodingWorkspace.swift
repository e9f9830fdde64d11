/// What one call of `encode` works with, kept from call to call.
struct EncodingWorkspace: Sendable {
  var cache = PieceCache()
  var merging = MergeWorkspace()
  /// The pieces of the text as it has been cut so far.
  var pieces: [Range<Int>] = []
  private var finer: [Range<Int>] = []

  /// Cuts every piece further.
  mutating func cutPieces(with cut: Cut, of text: [UInt8], _ classes: ScalarTable) {
    if case .nothing = cut { return }
    finer.removeAll(keepingCapacity: true)
    for piece in pieces { cut.appendPieces(of: text, piece, classes, to: &finer) }
    swap(&pieces, &finer)
  }
}
