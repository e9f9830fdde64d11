public import Evaluations

/// What many labels say about the model that gave them.
public struct LabelSummary: Sendable, Hashable {
  /// Of the questions that were asked in both orders, those in which the orders named different answers.
  public let flips: Proportion
  /// The mean of ``SoftPreference/positionBias`` over them: above 0 the model favours what stands first;
  /// `nil` where one order was asked.
  public let positionBias: Double?
  /// The mean distance of the probabilities from ½, from 0 to ½; `nil` without labels.
  public let decisiveness: Double?
  /// Labels that name the answer which the data has as the better one, of those that name any of two about
  /// which the data says it.
  public let agreement: Proportion

  /// Counts.
  ///
  /// - Parameters:
  ///   - labels: The labels.
  ///   - firstIsBetter: Whether the data has a label's first answer as the better one; `nil` where it does not
  ///     say.
  public init(_ labels: [PreferenceLabel], firstIsBetter: [Bool?]) {
    precondition(labels.count == firstIsBetter.count, "a better answer for each label")
    let asked = labels.flatMap(\.verdicts).map(\.preference)
    let decided = asked.compactMap(\.isFlipped)
    flips = Proportion(successes: Double(decided.count { $0 }), count: decided.count)
    positionBias = MeanVariance(asked.compactMap(\.positionBias)).mean
    decisiveness = MeanVariance(labels.map { abs($0.probability - 0.5) }).mean
    let said = zip(labels, firstIsBetter).compactMap { label, first in
      label.probability == 0.5 ? nil : first.map { (label.probability > 0.5) == $0 }
    }
    agreement = Proportion(successes: Double(said.count { $0 }), count: said.count)
  }
}
