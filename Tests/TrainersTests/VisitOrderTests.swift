import PreferenceData
import Testing
import Trainers

@Suite("The order in which a run visits its items")
struct VisitOrderTests {
  private func order(
    count: Int = 10, itemsPerStep: Int = 4, epochs: Int = 3, maxSteps: Int? = nil,
    seed: UInt64? = nil
  ) -> VisitOrder {
    VisitOrder(
      count: count, itemsPerStep: itemsPerStep, epochs: epochs, maxSteps: maxSteps,
      shuffledBy: seed.map(SeededGenerator.init))
  }

  @Test("without shuffling, each epoch is in file order and ends with what is left")
  func fileOrder() {
    let order = order(epochs: 2)
    #expect(
      order.steps == [
        [0, 1, 2, 3], [4, 5, 6, 7], [8, 9], [0, 1, 2, 3], [4, 5, 6, 7], [8, 9],
      ])
    #expect(order.stepsPerEpoch == 3)
    #expect(order.visited == Array(0..<10))
  }

  @Test(
    "each epoch is a permutation of its own",
    arguments: [(1, 1), (1, 5), (7, 7), (10, 4), (64, 3)], [1, 42] as [UInt64])
  func permutations(_ shape: (count: Int, itemsPerStep: Int), seed: UInt64) {
    let order = order(count: shape.count, itemsPerStep: shape.itemsPerStep, seed: seed)
    let epochs = (0..<3).map { epoch in
      order.steps[epoch * order.stepsPerEpoch..<(epoch + 1) * order.stepsPerEpoch]
    }
    for epoch in epochs {
      #expect(epoch.joined().sorted() == Array(0..<shape.count))
      #expect(epoch.dropLast().allSatisfy { $0.count == shape.itemsPerStep })
      #expect((1...shape.itemsPerStep).contains(epoch.last?.count ?? 0))
    }
    if shape.count > 5 { #expect(epochs[0] != epochs[1] && epochs[1] != epochs[2]) }
    #expect(order.steps.count == 3 * order.stepsPerEpoch)
  }

  @Test("the seed alone decides")
  func seeds() {
    #expect(order(seed: 1) == order(seed: 1))
    #expect(order(seed: 1) != order(seed: 2))
    #expect(order(epochs: 1, seed: 1).steps == Array(order(epochs: 3, seed: 1).steps.prefix(3)))
  }

  @Test("a number of steps overrides the epochs, in both directions")
  func maxSteps() {
    #expect(order(maxSteps: 2).steps == Array(order().steps.prefix(2)))
    #expect(order(maxSteps: 2).visited == Array(0..<8))
    let long = order(epochs: 1, maxSteps: 11, seed: 3)
    #expect(long.steps.count == 11)
    #expect(long.steps == Array(order(epochs: 4, seed: 3).steps.prefix(11)))
  }

  @Test("an epoch is a fraction of its steps")
  func epochs() {
    let order = order(itemsPerStep: 5)
    #expect((0...4).map(order.epoch(after:)) == [0, 0.5, 1, 1.5, 2])
  }
}
