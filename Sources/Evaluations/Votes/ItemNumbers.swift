/// Items numbered in order of first appearance.
struct ItemNumbers<Item: Hashable & Sendable>: Sendable, Hashable {
  private(set) var items: [Item] = []
  private var numbers: [Item: Int] = [:]

  var count: Int { items.count }

  /// The number of an item that was seen; `nil` of another.
  func index(of item: Item) -> Int? { numbers[item] }

  /// The number of an item, a new one if it was not seen.
  mutating func number(of item: Item) -> Int {
    if let number = numbers[item] { return number }
    numbers[item] = items.count
    items.append(item)
    return items.count - 1
  }
}

/// A vote on numbered items.
struct NumberedVote: Sendable {
  let first: Int
  let second: Int
  /// What the first got: 1, ½ or 0.
  let firstShare: Double
}

extension ItemNumbers {
  /// Numbers the items of votes, and the votes themselves.
  static func number(_ votes: [Vote<Item>]) -> (items: ItemNumbers, votes: [NumberedVote]) {
    var numbers = ItemNumbers()
    let numbered = votes.map { vote in
      NumberedVote(
        first: numbers.number(of: vote.first), second: numbers.number(of: vote.second),
        firstShare: vote.outcome.firstShare)
    }
    return (numbers, numbered)
  }
}
