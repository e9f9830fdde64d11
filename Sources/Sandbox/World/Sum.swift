/// A small sum or difference.
struct Sum: Sendable, Hashable {
  enum Operation: String, Sendable, Hashable, CaseIterable {
    case plus, minus

    /// The beginning of a sum as an order.
    var order: String {
      switch self {
      case .plus: "Please add "
      case .minus: "Please take "
      }
    }
  }

  let left: Int
  let operation: Operation
  let right: Int

  var result: Int {
    switch operation {
    case .plus: left + right
    case .minus: left - right
    }
  }

  /// The mistakes that are made: off by one or by two, but never below zero.
  var wrongResults: [Int] { [-2, -1, 1, 2].map { result + $0 }.filter { $0 >= 0 } }

  /// How often both numbers have one digit.
  static let singleDigitRate = 0.85

  /// All with two numbers of one digit; differences are above zero.
  static func singleDigit(_ operation: Operation) -> [Sum] { sums(operation, left: 1...9) }

  /// All with a number of two digits and one of one digit.
  static func doubleDigit(_ operation: Operation) -> [Sum] { sums(operation, left: 10...19) }

  private static func sums(_ operation: Operation, left: ClosedRange<Int>) -> [Sum] {
    left.flatMap { left in
      (1...9).map { Sum(left: left, operation: operation, right: $0) }.filter {
        $0.operation == .plus || $0.result > 0
      }
    }
  }

  /// What is asked in words.
  var name: String { "\(left) \(operation) \(right)" }
  /// What is asked as an order.
  var order: String {
    switch operation {
    case .plus: "\(left) and \(right)"
    case .minus: "\(right) from \(left)"
    }
  }

  /// The ways to ask about its name.
  static let questions: [(before: String, after: String)] = [
    ("What is ", "?"), ("How much is ", "?"),
  ]

  /// The ways to state a result, as clauses.
  func clauses(_ value: Int) -> [String] {
    ["\(name) is \(value)", "\(name) makes \(value)"]
  }
}
