/// A part of the records set aside for evaluation, such that all records of one prompt are on one
/// side: a policy that has seen a prompt's other pair would be flattered.
public struct DatasetSplit: Sendable, Hashable {
  /// Indices of the records to train on, ascending.
  public let training: [Int]
  /// Indices of the records to evaluate on, ascending.
  public let heldOut: [Int]

  /// Shuffles the groups and sets them aside one by one until `fraction` of the records is reached;
  /// the last group stays in training, whatever its size.
  ///
  /// - Parameters:
  ///   - groups: For each record what it must stay together with, for instance its prompt.
  ///   - fraction: The part to set aside, from 0 to below 1. Of 0 nothing is set aside; otherwise
  ///     one group at least,
  ///     where there are two.
  ///   - seed: The same seed gives the same split.
  public init<Group: Hashable>(groups: [Group], fraction: Double, seed: UInt64) {
    precondition((0..<1).contains(fraction), "the fraction to hold out is \(fraction)")
    let members = Dictionary(grouping: groups.indices) { groups[$0] }
    // A dictionary's order differs from run to run; that of first appearance does not.
    let ordered = members.values.sorted { $0[0] < $1[0] }
    var random = SeededGenerator(seed: seed)
    let target = fraction * Double(groups.count)
    var heldOut: [Int] = []
    for group in random.permutation(of: ordered.count).dropLast()
    where Double(heldOut.count) < target {
      heldOut += ordered[group]
    }
    let isHeldOut = Set(heldOut)
    self.heldOut = heldOut.sorted()
    self.training = groups.indices.filter { !isHeldOut.contains($0) }
  }
}
