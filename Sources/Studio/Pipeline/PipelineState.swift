/// What a person has done in the pipeline so far: asked, chosen, taught, changed.
///
/// A value without a model: what a model finds is told to it, and it says what may come next.
public struct PipelineState: Sendable, Equatable {
  /// A pair that waits for somebody to choose.
  public struct Waiting: Sendable, Equatable {
    /// The number that the page knows it by.
    public let number: Int
    /// The pair.
    public let pair: DraftedPair
  }

  /// An answer before the policy has changed, and one after.
  public struct Comparison: Sendable, Equatable {
    /// Of the model as it was.
    public let before: StudioAnswer
    /// Of the model as it is now.
    public let after: StudioAnswer
  }

  /// The most choices that are kept.
  public static let choiceLimit = 2000
  /// With fewer waiting pairs than that, more are drawn.
  static let stock = 6

  /// What was asked last.
  public private(set) var prompt: AskedPrompt?
  /// What the model has answered.
  public private(set) var answers: [StudioAnswer] = []
  /// Pairs to choose from, the next one first.
  public private(set) var waiting: [Waiting] = []
  /// What was chosen, in order.
  public private(set) var choices: [StudioChoice] = []
  /// What reward models have learned, by ascending comparisons.
  public private(set) var curve: [LearningPoint] = []
  /// How the policy changed, step by step; empty before it has.
  public private(set) var practice: [PracticeStep] = []
  /// Answers to the prompt, before and after.
  public private(set) var comparisons: [Comparison] = []

  /// How often everything was begun anew.
  public private(set) var round = 0

  private var pairsOffered = 0

  /// Nothing was done yet.
  public init() {}

  /// The step that a person is at: the first that is not done.
  public var stage: PipelineStage {
    if answers.isEmpty { return .ask }
    if choices.count < ComparisonCounts.fewest { return .choose }
    return curve.isEmpty ? .learn : .update
  }

  /// Whether the last step is done too.
  public var isThrough: Bool { !comparisons.isEmpty }

  /// Whether more pairs should be drawn.
  public var needsPairs: Bool {
    !answers.isEmpty && waiting.count < Self.stock && choices.count < Self.choiceLimit
  }

  /// The counts of choices with which reward models should learn now.
  public var dueCounts: [Int] {
    ComparisonCounts.due(after: curve.last?.comparisons ?? 0, upTo: choices.count)
  }

  /// Those of ``dueCounts`` at which nobody needs to ask for it.
  public var dueMilestones: [Int] { dueCounts.filter(ComparisonCounts.isMilestone) }

  /// The choices on which the judge agrees, of those on which it has an opinion.
  public var agreement: (agreed: Int, of: Int) {
    let opinions = choices.compactMap(\.agreesWithJudge)
    return (opinions.count { $0 }, opinions.count)
  }

  /// Forgets everything, but for the numbers of pairs: an old page may still show one.
  public mutating func startAnew() {
    let (round, pairsOffered) = (round + 1, pairsOffered)
    self = PipelineState()
    (self.round, self.pairsOffered) = (round, pairsOffered)
  }

  // MARK: Asking

  /// The model has answered a prompt. The answers are the next pairs to choose from, and what the policy
  /// said to another prompt is gone.
  ///
  /// - Parameters:
  ///   - answers: What came.
  ///   - prompt: What was asked.
  public mutating func note(_ answers: [StudioAnswer], to prompt: AskedPrompt) {
    self.prompt = prompt
    self.answers = answers
    comparisons = []
    practice = []
    let pairs = stride(from: 0, to: answers.count - 1, by: 2).compactMap { place -> DraftedPair? in
      let (first, second) = (answers[place], answers[place + 1])
      return first.text == second.text
        ? nil : DraftedPair(prompt: prompt.text, first: first, second: second)
    }
    waiting.insert(contentsOf: numbered(pairs), at: 0)
  }

  // MARK: Choosing

  /// More pairs to choose from have come.
  ///
  /// - Parameter pairs: The pairs.
  public mutating func offer(_ pairs: [DraftedPair]) { waiting += numbered(pairs) }

  /// Somebody chooses.
  ///
  /// - Parameters:
  ///   - side: The better answer.
  ///   - number: The pair's number.
  /// - Throws: ``StudioError/noSuchPair``, or ``StudioError/manyChoices(limit:)``.
  public mutating func choose(_ side: AnswerSide, of number: Int) throws(StudioError) {
    try checkRoom()
    choices.append(StudioChoice(side, of: try take(number), by: .person))
  }

  /// Looks whether there is room for another choice.
  ///
  /// - Throws: ``StudioError/manyChoices(limit:)``.
  public func checkRoom() throws(StudioError) {
    guard choices.count < Self.choiceLimit else { throw .manyChoices(limit: Self.choiceLimit) }
  }

  /// Somebody would rather not choose.
  ///
  /// - Parameter number: The pair's number.
  /// - Throws: ``StudioError/noSuchPair``.
  public mutating func skip(_ number: Int) throws(StudioError) { _ = try take(number) }

  /// Others have chosen, from pairs of their own.
  ///
  /// - Parameter choices: What they chose; beyond the limit it is not kept.
  public mutating func note(_ choices: [StudioChoice]) {
    self.choices += choices.prefix(Self.choiceLimit - self.choices.count)
  }

  private mutating func numbered(_ pairs: [DraftedPair]) -> [Waiting] {
    defer { pairsOffered += pairs.count }
    return pairs.enumerated().map { Waiting(number: pairsOffered + $0 + 1, pair: $1) }
  }

  private mutating func take(_ number: Int) throws(StudioError) -> DraftedPair {
    guard let place = waiting.firstIndex(where: { $0.number == number }) else {
      throw .noSuchPair
    }
    return waiting.remove(at: place).pair
  }

  // MARK: Learning

  /// The counts with which to learn, where that is possible.
  ///
  /// - Returns: At least one count.
  /// - Throws: ``StudioError/fewChoices(_:needed:)``.
  public func countsToLearn() throws(StudioError) -> [Int] {
    guard choices.count >= ComparisonCounts.fewest else {
      throw .fewChoices(choices.count, needed: ComparisonCounts.fewest)
    }
    // Without a new choice the same is learned again, which does no harm.
    return dueCounts.isEmpty ? [choices.count] : dueCounts
  }

  /// A reward model has learned.
  ///
  /// - Parameter point: What it is worth; it takes the place of one with as many comparisons.
  public mutating func note(_ point: LearningPoint) {
    curve.removeAll { $0.comparisons == point.comparisons }
    let place = curve.firstIndex { $0.comparisons > point.comparisons } ?? curve.endIndex
    curve.insert(point, at: place)
  }

  // MARK: Changing

  /// What the policy can learn from.
  ///
  /// - Returns: The newest reward model, and the prompt to be answered again.
  /// - Throws: ``StudioError/noRewardModel``, or ``StudioError/nothingAsked``.
  public func lesson() throws(StudioError) -> (rewardModel: String, prompt: AskedPrompt) {
    guard let prompt else { throw .nothingAsked }
    guard let model = curve.last else { throw .noRewardModel }
    return (model.directory, prompt)
  }

  /// The policy begins to change, from the model as it was at first.
  public mutating func beginPractice() {
    practice = []
    comparisons = []
  }

  /// The policy has taken a step, or was looked at.
  ///
  /// - Parameter step: What was seen.
  public mutating func note(_ step: PracticeStep) { practice.append(step) }

  /// The policy has answered the prompt again.
  ///
  /// - Parameters:
  ///   - before: Answers of the model as it was.
  ///   - after: As many of the model as it is now.
  public mutating func note(before: [StudioAnswer], after: [StudioAnswer]) {
    comparisons = zip(before, after).map { Comparison(before: $0, after: $1) }
  }
}
