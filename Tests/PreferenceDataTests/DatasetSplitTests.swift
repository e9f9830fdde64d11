import PreferenceData
import Testing

@Suite("Holding records out")
struct DatasetSplitTests {
  private let groups = (0..<1000).map { "prompt \($0 * $0 % 300)" }

  @Test("Disjoint, complete, in order, groups whole", arguments: [0, 0.001, 0.1, 0.5, 0.999])
  func laws(fraction: Double) {
    let split = DatasetSplit(groups: groups, fraction: fraction, seed: 3)
    #expect((split.training + split.heldOut).sorted() == Array(groups.indices))
    #expect(split.training == split.training.sorted())
    #expect(split.heldOut == split.heldOut.sorted())
    let training = Set(split.training.map { groups[$0] })
    #expect(training.isDisjoint(with: split.heldOut.map { groups[$0] }))
    #expect(!split.training.isEmpty)
    #expect(split.heldOut.isEmpty == (fraction == 0))
  }

  @Test("The fraction is reached, and passed by less than one group")
  func size() {
    let split = DatasetSplit(groups: groups, fraction: 0.1, seed: 3)
    let largest = Dictionary(grouping: groups) { $0 }.values.map(\.count).max() ?? 0
    #expect(split.heldOut.count >= 100)
    #expect(split.heldOut.count < 100 + largest)
  }

  @Test("The seed decides the split")
  func seeds() {
    let split = DatasetSplit(groups: groups, fraction: 0.1, seed: 3)
    #expect(split == DatasetSplit(groups: groups, fraction: 0.1, seed: 3))
    #expect(split != DatasetSplit(groups: groups, fraction: 0.1, seed: 4))
  }

  @Test("One group, and none, cannot be split")
  func tooFew() {
    #expect(DatasetSplit(groups: [1, 1, 1], fraction: 0.5, seed: 1).training == [0, 1, 2])
    #expect(DatasetSplit(groups: [Int](), fraction: 0.5, seed: 1).training.isEmpty)
    #expect(DatasetSplit(groups: [1, 2], fraction: 0.01, seed: 1).heldOut.count == 1)
  }
}
