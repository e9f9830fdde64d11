/// Bins of equal width that cover the confidences [½, 1] of a choice of two.
///
/// A bin is closed on the left and open on the right, but for the last, which holds 1 as well.
struct ConfidenceBins: Sendable, Hashable {
  let count: Int

  init(count: Int) {
    precondition(count > 0, "\(count) bins")
    self.count = count
  }

  /// The lower edge of a bin, (n + k)/2n: one division, so that 0.7 is the number written 0.7.
  func lowerEdge(_ bin: Int) -> Double { Double(count + bin) / Double(2 * count) }

  /// The bin of a confidence.
  func bin(of confidence: Double) -> Int {
    var bin = min(count - 1, max(0, Int((confidence - 0.5) * 2 * Double(count))))
    // The product may round to the wrong side of an edge; the edges themselves decide.
    if bin + 1 < count && confidence >= lowerEdge(bin + 1) { bin += 1 }
    if bin > 0 && confidence < lowerEdge(bin) { bin -= 1 }
    return bin
  }
}
