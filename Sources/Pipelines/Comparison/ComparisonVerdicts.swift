public import Evaluations

/// Who wins each comparison of two models: of each prompt a model's first completion is compared with the
/// other's first, the second with the second, and so on.
public struct ComparisonVerdicts: Sendable, Hashable {
  /// Scores that differ by no more are equal but for rounding.
  static let rounding = 1e-6

  /// For each model and each one after it, the outcome of every row.
  private var outcomes: [[[VoteOutcome]]]

  /// How many models there are.
  public var models: Int { outcomes.count }

  /// The verdicts that scores give: the higher one wins. Equal texts are a tie.
  ///
  /// - Parameters:
  ///   - scores: One a row. Shape `[models][rows]`.
  ///   - texts: What was scored, in the same shape.
  public init(scores: [[Double]], texts: [[String]]) {
    self.init(models: scores.count) { first, second in
      scores[first].indices.map { row in
        let difference = scores[first][row] - scores[second][row]
        if texts[first][row] == texts[second][row] || abs(difference) <= Self.rounding {
          return .tie
        }
        return difference > 0 ? .first : .second
      }
    }
  }

  /// Verdicts of any origin.
  ///
  /// - Parameters:
  ///   - models: How many models there are.
  ///   - outcome: The outcomes of all rows for a model and a later one.
  /// - Throws: What `outcome` throws.
  public init<Failure: Error>(
    models: Int, outcome: (_ first: Int, _ second: Int) throws(Failure) -> [VoteOutcome]
  ) throws(Failure) {
    outcomes = []
    for first in 0..<models {
      var later: [[VoteOutcome]] = []
      for second in (first + 1)..<models {
        later.append(try outcome(first, second))
      }
      outcomes.append(later)
    }
  }

  /// The outcome of every row from a model's view.
  ///
  /// - Parameters:
  ///   - model: The first of the two.
  ///   - other: Another model.
  /// - Returns: `first` where `model` wins.
  public func outcomes(of model: Int, against other: Int) -> [VoteOutcome] {
    precondition(model != other, "model \(model) against itself")
    if model < other { return outcomes[model][other - model - 1] }
    return outcomes[other][model - other - 1].map(\.reversed)
  }
}

extension VoteOutcome {
  /// The outcome from the other side's view.
  fileprivate var reversed: VoteOutcome {
    switch self {
    case .first: .second
    case .second: .first
    case .tie: .tie
    }
  }

  /// What the first got: 1, ½ or 0.
  var share: Double {
    switch self {
    case .first: 1
    case .tie: 0.5
    case .second: 0
    }
  }
}
