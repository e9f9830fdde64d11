/// How a window of responses is compared with the baseline: every default written once.
public struct DriftSettings: Sendable, Hashable, Codable {
  /// The greatest probability that a family of tests finds any drift where there is none.
  public var level = 0.05
  /// The relative change of a mean, or of a share, from which on it matters: 0.1 is 10 %.
  public var relativeLimit = 0.1
  /// The Wasserstein distance, in deviations of the baseline, from which on it matters.
  public var distanceLimit = 0.1
  /// The population stability index of topics from which on it matters.
  public var indexLimit = 0.1
  /// How far the area of the classifier of questions must be above ½ to matter.
  public var areaLimit = 0.05
  /// The squared discrepancy of hidden states from which on it matters.
  public var discrepancyLimit = 0.015
  /// How far the share of comparisons that are won must be from ½ to matter.
  public var winLimit = 0.05
  /// How many topics are learned, at most: one for every 15 questions that they are learned from.
  public var topics = 12
  /// The least questions of the baseline with which a topic is compared: exchange keeps its level with any, but a
  /// question that stands for many makes the expected mean a guess.
  public var leastQuestions = 5
  /// The least questions of a side with which a column is tested: of fewer, only changes that nobody needs a test for
  /// are significant among ten.
  public var leastSample = 20
  /// How often rows are exchanged.
  public var rounds = 999
  /// How often rows are exchanged for the classifier of questions, which is fitted anew each time.
  public var classifierRounds = 199
  /// Questions of a side that the classifier is fitted to, at most.
  public var classifierRows = 400
  /// Hidden states of a side that are compared, at most.
  public var hiddenStates = 300
  /// Responses of the baseline that are kept, at most; of more, as many are drawn.
  public var baselineRows = 5000
  /// What draws depend on.
  public var seed: UInt64 = 0

  /// The defaults.
  public init() {}
}
