public import Objectives

extension SupervisedConfiguration {
  /// The loss that these settings describe.
  ///
  /// Settings that it does not use are at their defaults in a configuration that is valid.
  public var loss: SupervisedLoss {
    SupervisedLoss(
      labelSmoothing: labelSmoothing,
      kind: lossType == .dynamic ? .dynamic : .negativeLogLikelihood,
      lengthPenalty: lengthPenalty, repetitionPenalty: repetitionPenalty)
  }
}
