/// The name of a logged number.
///
/// The names are TRL's, so that plots and scripts made for it keep working. Training metrics are
/// taken over the items of one optimizer step; with `logging_steps` above 1, over the steps since
/// the last logged one. Evaluation metrics carry the prefix `eval_` and are taken over the whole
/// evaluation set.
public struct MetricName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The name as it stands in files.
  public let rawValue: String

  /// A name of one's own.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The name as it stands in files.
  public var description: String { rawValue }

  /// This metric measured on the evaluation set: `eval_` before the name.
  public var onEvaluation: MetricName { MetricName(rawValue: Self.evaluationPrefix + rawValue) }

  static let evaluationPrefix = "eval_"

  // MARK: Progress

  /// Optimizer steps done, from 1. A count; the first key of each line of `metrics.jsonl`.
  public static let step = MetricName(rawValue: "step")
  /// Passes over the training data done, as a fraction: 0.5 is half of the first pass.
  public static let epoch = MetricName(rawValue: "epoch")
  /// Tokens of training sequences seen since the start. A count. A prompt counts once for each of
  /// its completions, as it would without prompt sharing, so that figures compare across tools.
  public static let numberOfTokens = MetricName(rawValue: "num_tokens")

  // MARK: Optimization

  /// The objective that is minimised, a mean over items. Lower is better, within one objective;
  /// DPO's sigmoid form starts at log 2 ≈ 0.693 nats, where policy and reference are equal.
  public static let loss = MetricName(rawValue: "loss")
  /// Euclidean norm of the gradient of all trained parameters, before clipping. Not negative.
  public static let gradientNorm = MetricName(rawValue: "grad_norm")
  /// The learning rate that the step used.
  public static let learningRate = MetricName(rawValue: "learning_rate")

  // MARK: Preferences

  /// Mean implicit reward of the chosen completions: β (log π − log π_ref), in nats times β.
  /// Positive when the policy likes them more than the reference does.
  public static let chosenReward = MetricName(rawValue: "rewards/chosen")
  /// Mean implicit reward of the rejected completions: β (log π − log π_ref), in nats times β.
  public static let rejectedReward = MetricName(rawValue: "rewards/rejected")
  /// Fraction of pairs, from 0 to 1, whose chosen reward is above the rejected one; ties count
  /// as wrong. At step 1 all rewards are equal, so this starts near 0 and not near 0.5.
  public static let rewardAccuracy = MetricName(rawValue: "rewards/accuracies")
  /// Mean of chosen minus rejected reward. Positive when the policy has moved to the chosen side.
  public static let rewardMargin = MetricName(rawValue: "rewards/margins")
  /// Mean over chosen completions of log π(completion | prompt), summed over its tokens, in nats.
  /// Often falls while the margin grows: DPO constrains the difference, not the level.
  public static let chosenLogProbability = MetricName(rawValue: "logps/chosen")
  /// Mean over rejected completions of log π(completion | prompt), summed over its tokens, in nats.
  public static let rejectedLogProbability = MetricName(rawValue: "logps/rejected")

  // MARK: Reward models

  /// Fraction of judged differences, from 0 to 1, that the scores agree with; equal scores count as
  /// wrong.
  public static let accuracy = MetricName(rawValue: "accuracy")
  /// Mean score of chosen minus that of rejected completions; of rankings, of the best minus the
  /// worst.
  public static let margin = MetricName(rawValue: "margin")
  /// Mean score of all completions.
  public static let meanScore = MetricName(rawValue: "mean_reward")
  /// The lowest score.
  public static let lowestScore = MetricName(rawValue: "min_reward")
  /// The highest score.
  public static let highestScore = MetricName(rawValue: "max_reward")
  /// The sum of squares of the trained weights times its coefficient, a part of the loss.
  public static let weightPenalty = MetricName(rawValue: "l2")

  // MARK: Tokens

  /// Mean over completion tokens of −Σ p log p, the entropy of the policy's next-token
  /// distribution, in nats. Falls to 0 as the policy becomes certain. Held out, of what learns from rewards,
  /// it is estimated by −log p of the tokens that were drawn.
  public static let entropy = MetricName(rawValue: "entropy")
  /// Fraction, from 0 to 1, of completion tokens (with pairs, of chosen completions) that are the
  /// policy's most probable next token.
  public static let meanTokenAccuracy = MetricName(rawValue: "mean_token_accuracy")

  // MARK: Likelihood

  /// The exponential of ``negativeLogLikelihood``: among how many equally likely tokens the model
  /// would be as unsure. At least 1; lower is better, among models with one tokenizer.
  public static let perplexity = MetricName(rawValue: "perplexity")
  /// −log π of whole texts, their ends included, divided by their Unicode scalars. Lower is better,
  /// whatever the tokenizer.
  public static let natsPerCharacter = MetricName(rawValue: "nats_per_character")
  /// Mean over learned tokens of −log π, in nats: ``loss`` without smoothing, weights and penalties.
  public static let negativeLogLikelihood = MetricName(rawValue: "nll_loss")
  /// The part of ``loss`` that is the penalty on −log π of the ends of completions.
  public static let lengthLoss = MetricName(rawValue: "length_loss")
  /// The part of ``loss`` that is the penalty on the likelihood of repetitions.
  public static let repetitionLoss = MetricName(rawValue: "repetition_loss")

  /// The order in which a line of `metrics.jsonl` names them; others follow, sorted by name.
  static let readingOrder: [MetricName] = [
    .step, .epoch, .loss, .negativeLogLikelihood, .lengthLoss, .repetitionLoss, .perplexity,
    .natsPerCharacter, .gradientNorm, .learningRate, .accuracy, .margin, .meanScore, .lowestScore,
    .highestScore, .weightPenalty, .rewardAccuracy, .rewardMargin, .chosenReward,
    .rejectedReward, .chosenLogProbability, .rejectedLogProbability, .entropy,
    .meanTokenAccuracy, .numberOfTokens,
  ]
}

extension MetricName: Comparable {
  /// Whether `left` stands before `right` in a line.
  public static func < (left: MetricName, right: MetricName) -> Bool {
    (left.rank, left.rawValue) < (right.rank, right.rawValue)
  }

  /// The place in the reading order; an evaluation metric has that of its training metric.
  private var rank: Int {
    let base =
      rawValue.hasPrefix(Self.evaluationPrefix)
      ? MetricName(rawValue: String(rawValue.dropFirst(Self.evaluationPrefix.count))) : self
    return Self.readingOrder.firstIndex(of: base) ?? Self.readingOrder.count
  }
}
