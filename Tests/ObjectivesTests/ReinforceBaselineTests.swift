import Foundation
import Objectives
import Testing

@Suite("Baselines of REINFORCE")
struct ReinforceBaselineTests {
  @Test("a running baseline by hand: the first batch is its own, later ones have the earlier")
  func running() throws {
    var baseline = ReinforceBaseline(.running(decay: 0.5))
    #expect(baseline.advantages(of: [1, 3]) == [-1, 1])
    #expect(baseline.advantages(of: [3, nil, 7]) == [1, 0, 5])
    // (0.5 · 2 + 5) / 1.5 = 4.
    #expect(agree(try #require(baseline.value), 4))
    #expect(agree(baseline.advantages(of: [4.5]), [0.5]))
    // (0.25 · 2 + 0.5 · 5 + 4.5) / 1.75.
    #expect(agree(try #require(baseline.value), 7.5 / 1.75))
  }

  @Test("batches without any reward leave no trace")
  func missing() {
    var baseline = ReinforceBaseline(.running(decay: 0.9))
    #expect(baseline.advantages(of: [nil, nil]) == [0, 0])
    #expect(baseline.value == nil)
    _ = baseline.advantages(of: [2])
    let before = baseline
    #expect(baseline.advantages(of: []).isEmpty)
    #expect(baseline == before)
  }

  @Test("a decay of 1 is the mean of all batches, a decay of 0 the last one")
  func limits() async throws {
    for (decay, expected) in [(1.0, 3.0), (0, 7)] {
      var baseline = ReinforceBaseline(.running(decay: decay))
      for reward in [1.0, 1, 7] { _ = baseline.advantages(of: [reward]) }
      #expect(agree(try #require(baseline.value), expected))
    }
    await #expect(processExitsWith: .failure) { _ = ReinforceBaseline(.running(decay: 2)) }
  }

  @Test("normalised over the batch, with rewards that are missing")
  func batchNormalized() {
    var baseline = ReinforceBaseline(.batchNormalized)
    let scale = 1 / (7 + 1e-8).squareRoot()
    #expect(
      agree(baseline.advantages(of: [1, nil, 2, 6]), [-2 * scale, 0, -scale, 3 * scale]))
    #expect(baseline.advantages(of: [5, 5]) == [0, 0])
    #expect(baseline.value == nil)
  }

  @Test("the state survives being written down")
  func codable() throws {
    var baseline = ReinforceBaseline(.running(decay: 0.7))
    _ = baseline.advantages(of: [1, 2])
    _ = baseline.advantages(of: [4])
    var copy = try JSONDecoder().decode(
      ReinforceBaseline.self, from: JSONEncoder().encode(baseline))
    #expect(copy == baseline)
    #expect(copy.advantages(of: [3]) == baseline.advantages(of: [3]))
    #expect(copy == baseline)
  }
}
