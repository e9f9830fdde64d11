/// Measures that were not tested for want of questions, and how many more it takes.
public struct UntestedMeasures: Sendable, Hashable, Codable {
  /// The questions of a baseline, or of a window.
  public struct Side: Sendable, Hashable, Codable {
    /// Different questions with what is measured.
    public let questions: Int
    /// Those of them that the other side has something like.
    public let comparable: Int
    /// How many of these a test takes.
    public let needed: Int

    /// Whether there are enough.
    public var isEnough: Bool { comparable >= needed }

    /// How many more different questions it takes, if as many of them are comparable as of those that are there;
    /// `nil` where none is.
    public var missing: Int? {
      guard comparable > 0 else { return nil }
      return max(0, (needed * questions + comparable - 1) / comparable - questions)
    }
  }

  /// The measures, such as `length`.
  public fileprivate(set) var names: [String]
  /// What pages call them.
  public fileprivate(set) var titles: [String]
  /// The baseline's questions.
  public let baseline: Side
  /// The window's questions.
  public let current: Side

  /// What was not tested, which side has too few questions and how many more would do, without a full stop.
  public var sentence: String {
    "not tested: \(titles.map(\.lowercasedFirst).joined(separator: "; ")) – \(reason)"
  }

  fileprivate var reason: String {
    let sides = [("baseline", baseline), ("window", current)].filter { !$1.isEnough }
    return sides.map { name, side in
      "of the \(name)’s \(side.questions) different questions \(side.comparable) can be compared, and a test takes "
        + "\(side.needed)" + (side.missing.map { "; about \($0) more would do" } ?? "")
    }.joined(separator: "; ")
  }
}

extension [UntestedMeasures] {
  /// Puts measures that lack the same together, with the counts of the first.
  ///
  /// - Parameter measures: Each with what it lacks.
  init(_ measures: [(name: String, title: String, questions: ComparableQuestions)]) {
    self = []
    for (name, title, questions) in measures {
      let (baseline, current) = questions.account
      let measure = UntestedMeasures(
        names: [name], titles: [title], baseline: baseline, current: current)
      if let place = firstIndex(where: { $0.reason == measure.reason }) {
        self[place].names.append(name)
        self[place].titles.append(title)
      } else {
        append(measure)
      }
    }
  }
}
