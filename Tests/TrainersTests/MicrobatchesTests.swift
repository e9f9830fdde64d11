import Testing

@testable import Trainers

@Suite("Micro-batches and clipping")
struct MicrobatchesTests {
  private let lengths = [3, 30, 4, 100, 5, 6, 7, 8]

  private func tokens(of item: Int) -> Int { lengths[item] + 5 }

  @Test("parts of a given size, the last one smaller", arguments: 1...9)
  func givenSize(size: Int) {
    let parts = Microbatches(size: size, tokenBudget: 1).split(
      [5, 1, 2, 7, 0, 6, 3], tokens: tokens(of:))
    #expect(Array(parts.joined()) == [5, 1, 2, 7, 0, 6, 3])
    #expect(parts.dropLast().allSatisfy { $0.count == size })
    #expect((1...size).contains(parts.last?.count ?? 0))
  }

  @Test("parts within a budget of tokens, as large as it allows", arguments: [1, 8, 20, 50, 1000])
  func budget(tokens: Int) {
    func size(_ part: [Int]) -> Int { part.reduce(0) { $0 + lengths[$1] + 5 } }
    let parts = Microbatches(size: nil, tokenBudget: tokens).split(
      Array(lengths.indices), tokens: self.tokens(of:))
    #expect(Array(parts.joined()) == Array(lengths.indices))
    for part in parts { #expect(part.count == 1 || size(part) <= tokens) }
    for (part, next) in zip(parts, parts.dropFirst()) {
      #expect(size(part + next.prefix(1)) > tokens)
    }
  }

  @Test("nothing is no part")
  func nothing() {
    #expect(Microbatches(size: nil, tokenBudget: 9).split([], tokens: tokens(of:)).isEmpty)
    #expect(Microbatches(size: 3, tokenBudget: 9).split([], tokens: tokens(of:)).isEmpty)
  }

  @Test("the budget follows the model, between bounds")
  func fittedBudget() {
    #expect(Microbatches.tokenBudget(parameters: 100, activations: 1_000_000) == 256)
    // (192 · 2²⁰ + 10⁶ / 2) / (4 · 50,000) = 1009.1
    #expect(Microbatches.tokenBudget(parameters: 1_000_000, activations: 50_000) == 1009)
    #expect(Microbatches.tokenBudget(parameters: 1_000_000_000, activations: 1000) == 2048)
  }

  /// Expected: min(1, limit / (norm + 10⁻⁶)) of `torch.nn.utils.clip_grad_norm_`, by hand.
  @Test("gradients are scaled down to the limit, never up; 0 is no limit")
  func clipping() {
    #expect(clippingFactor(norm: 4, limit: 1) == 1 / 4.000001)
    #expect(clippingFactor(norm: 0.5, limit: 1) == 1)
    #expect(clippingFactor(norm: 0, limit: 1) == 1)
    #expect(clippingFactor(norm: 1, limit: 1) == 1 / 1.000001)
    #expect(clippingFactor(norm: 1e9, limit: 0) == 1)
  }
}
