internal import Sandbox

/// What a person has chosen on the page of preference learning, and what was learned from it.
public struct PreferenceState: Sendable {
  /// A point of the curve.
  public struct Point: Sendable, Hashable {
    /// The choices that were learned from.
    public let comparisons: Int
    /// The share of held-out pairs whose better side is found.
    public let accuracy: Double
  }

  /// The most choices that are kept.
  public static let choiceLimit = 1000

  /// What to choose from.
  public private(set) var pair: FeaturedPair
  /// The number that the page knows it by.
  public private(set) var number = 1
  /// What has been learned.
  public private(set) var learner: PreferenceLearner
  /// What that is worth, choice by choice; the first point is that of knowing nothing.
  public private(set) var curve: [Point]
  /// Choices of which the judge would have made the same, of all.
  public private(set) var agreed = 0
  /// How many of the choices were the person's own.
  public private(set) var own = 0

  private var source: FeaturedPairs

  /// Nothing was chosen yet.
  ///
  /// - Parameters:
  ///   - seed: Decides the pairs.
  ///   - school: What all learners share.
  public init(seed: UInt64, school: PreferenceSchool) {
    source = FeaturedPairs(seed: seed, purpose: "lesson")
    pair = source.next()
    learner = PreferenceLearner(scales: school.scales)
    curve = [Point(comparisons: 0, accuracy: school.accuracy(of: learner))]
  }

  /// Forgets everything, but for the numbers of pairs: an old page may still show one.
  ///
  /// - Parameters:
  ///   - seed: Decides the pairs.
  ///   - school: What all learners share.
  public mutating func startAnew(seed: UInt64, school: PreferenceSchool) {
    let next = number + 1
    self = PreferenceState(seed: seed, school: school)
    number = next
  }

  /// A person chooses.
  ///
  /// - Parameters:
  ///   - side: The better answer.
  ///   - number: The pair's number.
  ///   - school: What all learners share.
  /// - Throws: ``StudioError/noSuchPair``, or ``StudioError/manyChoices(limit:)``.
  public mutating func choose(
    _ side: AnswerSide, of number: Int, school: PreferenceSchool
  ) throws(StudioError) {
    guard number == self.number else { throw .noSuchPair }
    guard learner.count < Self.choiceLimit else { throw .manyChoices(limit: Self.choiceLimit) }
    own += 1
    learn(side, school)
  }

  /// A person would rather not choose.
  ///
  /// - Parameter number: The pair's number.
  /// - Throws: ``StudioError/noSuchPair``.
  public mutating func skip(_ number: Int) throws(StudioError) {
    guard number == self.number else { throw .noSuchPair }
    turnOver()
  }

  /// The sandbox's annotator chooses, who goes by the judge and errs in close calls.
  ///
  /// - Parameters:
  ///   - count: How often, within the limit.
  ///   - school: What all learners share.
  /// - Throws: ``StudioError/manyChoices(limit:)`` where no more are kept.
  public mutating func simulate(
    _ count: Int, school: PreferenceSchool
  ) throws(StudioError) {
    guard learner.count < Self.choiceLimit else { throw .manyChoices(limit: Self.choiceLimit) }
    let annotator = SimulatedAnnotator(name: "annotator")
    for _ in 0..<min(count, Self.choiceLimit - learner.count) {
      learn(source.judged(pair, by: annotator), school)
    }
  }

  private mutating func learn(_ side: AnswerSide, _ school: PreferenceSchool) {
    let isFirstBetter = pair.first.gold > pair.second.gold
    if isFirstBetter == (side == .a) { agreed += 1 }
    learner.learn(pair.difference.map { side == .a ? $0 : -$0 })
    curve.append(Point(comparisons: learner.count, accuracy: school.accuracy(of: learner)))
    turnOver()
  }

  private mutating func turnOver() {
    pair = source.next()
    number += 1
  }
}
