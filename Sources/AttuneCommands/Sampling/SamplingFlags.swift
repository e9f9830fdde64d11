import ArgumentParser
import Sampling

/// How tokens are drawn: the options that every command which samples has.
struct SamplingFlags: ParsableArguments {
  @OptionGroup var drawing: DrawingFlags

  @Option(
    help: ArgumentHelp("Tokens before which no completion ends by itself.", valueName: "tokens"))
  var minNewTokens = 0

  @Option(help: ArgumentHelp("Draw among the k most likely tokens.", valueName: "k"))
  var topK: Int?

  @Option(
    help: ArgumentHelp(
      "Draw among the fewest tokens that have this probability together.",
      valueName: "probability"))
  var topP: Double?

  @Option(
    help: ArgumentHelp(
      "Draw among tokens at least this many times as likely as the most likely one.",
      valueName: "share"))
  var minP: Double?

  @Option(
    help: ArgumentHelp(
      "What logits of tokens that were there before are divided by, or multiplied by where they are "
        + "negative (default: 1).", valueName: "number"))
  var repetitionPenalty: Double?

  @Option(
    help: ArgumentHelp("A text at which a completion ends; may be given again.", valueName: "text"))
  var stop: [String] = []

  @Option(
    help: ArgumentHelp(
      "A token id at which a completion ends; may be given again.", valueName: "id"))
  var stopID: [Int32] = []

  @Option(help: ArgumentHelp("The same seed gives the same completions.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    if let topK, topK < 1 {
      throw ValidationError("'--top-k' is \(topK), but must be at least 1.")
    }
    if !(0...drawing.maxNewTokens).contains(minNewTokens) {
      throw ValidationError(
        "'--min-new-tokens' is \(minNewTokens), but must be from 0 to --max-new-tokens, "
          + "\(drawing.maxNewTokens).")
    }
    if let topP, !(topP > 0 && topP <= 1) {
      throw ValidationError("'--top-p' is \(topP), but must be above 0 and at most 1.")
    }
    if let minP, !(minP >= 0 && minP <= 1) {
      throw ValidationError("'--min-p' is \(minP), but must be from 0 to 1.")
    }
    if let repetitionPenalty, !(repetitionPenalty > 0 && repetitionPenalty.isFinite) {
      throw ValidationError("'--repetition-penalty' is \(repetitionPenalty), but must be above 0.")
    }
    if stop.contains("") { throw ValidationError("'--stop' is empty, but must be a text.") }
    let truncations: [(String, Bool)] = [
      ("--top-k", topK != nil), ("--top-p", topP != nil), ("--min-p", minP != nil),
    ]
    if drawing.greedy, let (name, _) = truncations.first(where: \.1) {
      throw ValidationError("'--greedy' draws nothing; leave '\(name)' out.")
    }
  }

  /// What the options say.
  var parameters: SamplingParameters {
    var parameters = drawing.parameters(seed: seed)
    parameters.truncation.topK = topK
    parameters.truncation.topP = topP ?? 1
    parameters.truncation.minP = minP ?? 0
    parameters.repetitionPenalty = repetitionPenalty ?? 1
    parameters.minNewTokens = minNewTokens
    parameters.stopTexts = stop
    parameters.stopIDs = Set(stopID)
    return parameters
  }
}
