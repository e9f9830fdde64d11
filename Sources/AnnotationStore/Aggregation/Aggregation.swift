internal import Evaluations

/// What all judgments of a project come to, task by task.
public struct Aggregation: Sendable, Hashable {
  /// How the judgments of a task become one.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Each counts the same: shares of votes.
    case votes
    /// Each counts as much as its annotator is to be relied on (Dawid & Skene 1979).
    case dawidSkene = "dawid_skene"
  }

  /// What is held to be true of two responses.
  public enum Label: Int, Sendable, Hashable, CaseIterable {
    /// The first is better.
    case first
    /// The second is better.
    case second
    /// They are equally good.
    case tie
    /// Both are bad.
    case bothBad

    /// The label of a verdict; `nil` for a ranking of more than two.
    ///
    /// - Parameter verdict: A verdict.
    public init?(_ verdict: Verdict) {
      switch verdict {
      case .prefers(let place, _): self = place == 0 ? .first : .second
      case .tie: self = .tie
      case .bothBad: self = .bothBad
      case .ranking: return nil
      }
    }

    var swapped: Label {
      switch self {
      case .first: .second
      case .second: .first
      case .tie, .bothBad: self
      }
    }
  }

  /// What the judgments of a task of two responses come to.
  public struct Pair: Sendable, Hashable {
    /// The probability of each label, in the order of ``Label``.
    public let probabilities: [Double]
    /// Judgments of each label.
    public let votes: [Int]

    /// The most probable label; `nil` where several are equally probable, so that nothing is decided.
    public var label: Label? {
      guard let best = probabilities.max() else { return nil }
      let leading = Label.allCases.filter { probabilities[$0.rawValue] >= best - 1e-12 }
      return leading.count == 1 ? leading[0] : nil
    }

    /// The probability that the first is better, given that one is; `nil` where that is impossible.
    public var firstIsBetter: Double? {
      let sum = probabilities[0] + probabilities[1]
      return sum > 0 ? probabilities[0] / sum : nil
    }
  }

  /// What each task of two responses comes to, by its number.
  public let pairs: [Int64: Pair]
  /// How often each annotator is right, as far as the others tell, by number; empty for votes.
  public let reliability: [Int64: Double]

  /// Aggregates.
  ///
  /// A task's responses have no natural order. For Dawid and Skene's model each task is therefore entered both ways round,
  /// so that the result is the same whichever response stands first.
  ///
  /// - Parameters:
  ///   - judgments: Of tasks with two responses; rankings of more are left out. The last one of a person on a task counts.
  ///   - rulings: What was decided, by task; it takes the place of the votes.
  ///   - method: How judgments become one.
  public init(
    _ judgments: [RecordedJudgment], rulings: [Int64: Ruling] = [:], method: Method
  ) {
    var labels: [Int64: [Int64: Label]] = [:]
    for judgment in judgments where judgment.round == 1 {
      guard let label = Label(judgment.answer.verdict) else { continue }
      labels[judgment.task, default: [:]][judgment.person] = label
    }
    let tasks = labels.keys.sorted()
    let people = Set(labels.values.flatMap(\.keys)).sorted()
    let columns = Dictionary(uniqueKeysWithValues: people.enumerated().map { ($1, $0) })
    var probabilities: [[Double]]
    switch method {
    case .votes:
      reliability = [:]
      probabilities = tasks.map { task in
        let given = labels[task].map { Array($0.values) } ?? []
        return Label.allCases.map { label in
          Double(given.count { $0 == label }) / Double(given.count)
        }
      }
    case .dawidSkene:
      var rows: [[Int?]] = []
      for isSwapped in [false, true] {
        for task in tasks {
          var row = [Int?](repeating: nil, count: people.count)
          for (person, label) in labels[task] ?? [:] {
            guard let column = columns[person] else { continue }
            row[column] = (isSwapped ? label.swapped : label).rawValue
          }
          rows.append(row)
        }
      }
      let fit = DawidSkene(labels: rows, classes: Label.allCases.count)
      probabilities = Array(fit.posteriors.prefix(tasks.count))
      // The chance of saying right which of two is better, of those who say that one is.
      reliability = Dictionary(
        uniqueKeysWithValues: zip(people, fit.confusions).map { person, confusion in
          let (right, wrong) = (confusion[0][0], confusion[0][1])
          return (person, right / (right + wrong))
        })
    }
    var pairs: [Int64: Pair] = [:]
    for (index, task) in tasks.enumerated() {
      let given = labels[task].map { Array($0.values) } ?? []
      pairs[task] = Pair(
        probabilities: probabilities[index],
        votes: Label.allCases.map { label in given.count { $0 == label } })
    }
    for (task, ruling) in rulings {
      guard let label = Label(ruling.verdict) else { continue }
      pairs[task] = Pair(
        probabilities: Label.allCases.map { $0 == label ? 1 : 0 },
        votes: pairs[task]?.votes ?? [0, 0, 0, 0])
    }
    self.pairs = pairs
  }
}
