public import Foundation
public import PreferenceData

/// A task in somebody's hands: what the page shows, and nothing of what it does not.
public struct Assignment: Sendable, Hashable {
  /// Says which handing-out of the task an answer belongs to.
  public let token: String
  /// The number of the task.
  public let task: Int64
  /// What the responses answer.
  public let prompt: Passage
  /// The responses in the order in which they are shown.
  public let responses: [Passage]
  /// `places[shown]` is the place of a shown response in the task.
  public let places: [Int]
  /// What the order was drawn with.
  public let orderSeed: Int64
  /// When others may have it.
  public let expiresAt: Date
  /// What was noted and not yet given; `nil` for nothing.
  public let draft: Draft?
}

/// The order in which somebody sees the responses of a task.
enum ShownOrder {
  /// The seed of a person's view of a task: SplitMix64's mixing of the four numbers, one after the other.
  static func seed(project: UInt64, task: Int64, person: Int64, round: Int) -> Int64 {
    var state = project
    for number in [UInt64(bitPattern: task), UInt64(bitPattern: person), UInt64(round)] {
      var generator = SeededGenerator(seed: state ^ number)
      state = generator.next()
    }
    return Int64(bitPattern: state)
  }

  /// The places in the order that a seed gives.
  static func places(seed: Int64, count: Int) -> [Int] {
    var random = SeededGenerator(seed: UInt64(bitPattern: seed))
    return random.permutation(of: count)
  }
}
