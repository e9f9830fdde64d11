import Objectives
import Testing

@Suite("Whitening")
struct WhiteningTests {
  @Test("by hand: the variance of 1, 2, 6 is 7")
  func byHand() {
    let scale = 1 / (7 + 1e-8).squareRoot()
    #expect(
      agree(Whitening(mean: .removed).evaluate([1, 2, 6]), [-2 * scale, -scale, 3 * scale]))
    #expect(
      agree(
        Whitening(mean: .kept).evaluate([1, 2, 6]), [3 - 2 * scale, 3 - scale, 3 + 3 * scale]))
  }

  @Test("neither an offset nor a factor changes what is left of the mean")
  func invariances() {
    let numbers = [0.5, -3, 2, 7.25, 1]
    let whitened = Whitening(mean: .removed).evaluate(numbers)
    #expect(abs(whitened.reduce(0, +)) < 1e-14)
    #expect(abs(whitened.reduce(0) { $0 + $1 * $1 } / 4 - 1) < 1e-8)
    let moved = Whitening(mean: .removed).evaluate(numbers.map { 100 * $0 + 1e6 })
    #expect(zip(whitened, moved).allSatisfy { abs($0 - $1) < 1e-8 })
    let kept = Whitening(mean: .kept).evaluate(numbers)
    #expect(relativeError(kept.reduce(0, +), numbers.reduce(0, +)) < 1e-12)
  }

  @Test("nothing to compare: equal numbers, one number, none")
  func flat() {
    #expect(Whitening(mean: .removed).evaluate([4, 4, 4]) == [0, 0, 0])
    #expect(Whitening(mean: .kept).evaluate([4, 4, 4]) == [4, 4, 4])
    #expect(Whitening(mean: .removed).evaluate([4]) == [0])
    #expect(Whitening(mean: .kept).evaluate([4]) == [4])
    #expect(Whitening(mean: .removed).evaluate([]).isEmpty)
  }
}
