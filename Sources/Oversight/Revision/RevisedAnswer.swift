/// An answer, and what became of it when it was criticised and revised again and again.
public struct RevisedAnswer: Sendable, Hashable {
  /// One critique with its revision.
  public struct Step: Sendable, Hashable {
    /// What became of a revision.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
      /// It took the place of the answer.
      case revised
      /// It is the answer that was criticised: nothing was to be changed.
      case unchanged
      /// The model wrote no critique, or no revision.
      case empty
      /// The reward model scores it lower than the answer that was criticised, which stays.
      case worse
    }

    /// The name of the principle.
    public let principle: String
    /// What the model found wrong.
    public let critique: String
    /// What it wrote instead.
    public let revision: String
    /// The score of the revision, where somebody scores.
    public let score: Double?
    /// What became of it.
    public let outcome: Outcome
  }

  /// The conversation up to the answer, ending with the assistant's mark.
  public let prompt: String
  /// The answer before any critique.
  public let initial: String
  /// Its score, where somebody scores.
  public let initialScore: Double?
  /// All steps in their order.
  public internal(set) var steps: [Step] = []

  /// An answer that nobody has criticised yet.
  ///
  /// - Parameters:
  ///   - prompt: The conversation up to the answer, ending with the assistant's mark.
  ///   - initial: The answer.
  ///   - initialScore: Its score.
  public init(prompt: String, initial: String, initialScore: Double? = nil) {
    (self.prompt, self.initial, self.initialScore) = (prompt, initial, initialScore)
  }

  /// The answer after a number of steps.
  ///
  /// - Parameter count: Steps, from 0 to all.
  /// - Returns: The last revision among them that took the answer's place, else the initial answer.
  public func answer(after count: Int) -> String {
    steps.prefix(count).last { $0.outcome == .revised }?.revision ?? initial
  }

  /// The answer after all steps.
  public var final: String { answer(after: steps.count) }

  /// The score of the answer after all steps, where somebody scores.
  var finalScore: Double? { steps.last { $0.outcome == .revised }?.score ?? initialScore }

  /// The steps that have changed the answer.
  public var kept: [Step] { steps.filter { $0.outcome == .revised } }
}
