import Foundation
import Objectives
import Testing

@Suite("Control of the KL divergence")
struct KLControllerTests {
  private let lagrangian = KLController.Law.lagrangian(
    initial: 0.1, budget: 5, rate: 0.5, minimum: 0.01, maximum: 2)

  @Test("a fixed coefficient stays")
  func fixed() {
    var controller = KLController(.fixed(coefficient: 0.05))
    for kl in [0, 100, -3, .infinity] { controller.update(kl: kl, count: 8) }
    #expect(controller.coefficient == 0.05)
    #expect(controller.updates == 4)
  }

  @Test("the proportional law by hand: the error is clipped, and weighed by the completions")
  func proportional() {
    let law = KLController.Law.proportional(initial: 0.2, target: 6, horizon: 10_000)
    var controller = KLController(law)
    controller.update(kl: 12, count: 256)  // error 1, clipped to 0.2
    #expect(agree(controller.coefficient, 0.2 * (1 + 0.2 * 0.0256)))
    controller = KLController(law)
    controller.update(kl: 6.6, count: 256)  // error 0.1
    #expect(agree(controller.coefficient, 0.2 * (1 + 0.1 * 0.0256)))
    controller = KLController(law)
    // The error −7 / 6, and more completions than the horizon.
    controller.update(kl: -1, count: 100_000)
    #expect(agree(controller.coefficient, 0.2 * 0.8))
    controller = KLController(law)
    controller.update(kl: 6, count: 256)
    #expect(controller.coefficient == 0.2)
  }

  @Test("the schedule goes linearly to its end, and stays there")
  func scheduled() {
    var controller = KLController(.scheduled(from: 0.1, to: 0.02, steps: 4))
    var seen = [controller.coefficient]
    for _ in 0..<6 {
      controller.update(kl: 3, count: 8)
      seen.append(controller.coefficient)
    }
    #expect(agree(seen, [0.1, 0.08, 0.06, 0.04, 0.02, 0.02, 0.02]))
  }

  @Test("the multiplier rises above the budget, falls below it, and keeps to its bounds")
  func multiplier() {
    var controller = KLController(lagrangian)
    controller.update(kl: 10, count: 8)
    #expect(agree(controller.coefficient, 0.1 * exp(0.5)))
    controller.update(kl: 0, count: 8)
    #expect(agree(controller.coefficient, 0.1))
    controller.update(kl: .infinity, count: 8)
    #expect(controller.coefficient == 2)
    for _ in 0..<50 { controller.update(kl: 0, count: 8) }
    #expect(controller.coefficient == 0.01)
    // Nothing has wound up meanwhile: two measurements bring it back.
    controller.update(kl: 20, count: 8)
    controller.update(kl: 20, count: 8)
    #expect(agree(controller.coefficient, 0.01 * exp(3)))
  }

  @Test("both closed loops hold a divergence that falls with the coefficient")
  func closedLoops() {
    // A policy that is optimal for its coefficient in a linear world: KL = 1 / 2β².
    for law in [KLController.Law.proportional(initial: 1, target: 5, horizon: 64), lagrangian] {
      var controller = KLController(law)
      var kl = 0.0
      for _ in 0..<200 {
        // It learns a tenth of the way to there at a time.
        kl += 0.1 * (1 / (2 * controller.coefficient * controller.coefficient) - kl)
        controller.update(kl: kl, count: 64)
      }
      #expect(relativeError(kl, 5) < 0.1, "\(law)")
    }
  }

  @Test("the state survives being written down")
  func codable() throws {
    for law in [lagrangian, .scheduled(from: 1, to: 0, steps: 9)] {
      var controller = KLController(law)
      controller.update(kl: 7, count: 8)
      var copy = try JSONDecoder().decode(
        KLController.self, from: JSONEncoder().encode(controller))
      #expect(copy == controller)
      copy.update(kl: 3, count: 8)
      controller.update(kl: 3, count: 8)
      #expect(copy == controller)
    }
  }

  @Test("parameters that make no law are named")
  func violations() async throws {
    #expect(lagrangian.violation == nil)
    for (law, part) in [
      (KLController.Law.fixed(coefficient: -1), "the KL coefficient is -1.0"),
      (.proportional(initial: 0, target: 6, horizon: 100), "initial coefficient 0.0"),
      (.proportional(initial: 0.1, target: .nan, horizon: 100), "the target nan"),
      (.scheduled(from: 0.1, to: 0, steps: 0), "in 0 steps"),
      (
        .lagrangian(initial: 3, budget: 5, rate: 0.1, minimum: 0.1, maximum: 2),
        "the coefficient 3.0 between 0.1 and 2.0"
      ),
    ] {
      #expect(try #require(law.violation).contains(part))
    }
    await #expect(processExitsWith: .failure) { _ = KLController(.fixed(coefficient: -1)) }
    await #expect(processExitsWith: .failure) {
      var controller = KLController(.fixed(coefficient: 0))
      controller.update(kl: .nan, count: 8)
    }
  }
}
