import ArgumentParser
import Sampling

/// How long completions are and how their tokens are chosen: the options that all commands which sample share.
struct DrawingFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Tokens of a completion at most.", valueName: "tokens"))
  var maxNewTokens = 256

  @Flag(help: "Take the most likely token, instead of drawing.")
  var greedy = false

  @Option(
    help: ArgumentHelp(
      "What logits are divided by before a token is drawn (default: 1).", valueName: "number"))
  var temperature: Double?

  func validate() throws {
    if maxNewTokens < 1 {
      throw ValidationError("'--max-new-tokens' is \(maxNewTokens), but must be at least 1.")
    }
    if let temperature, !(temperature > 0 && temperature.isFinite) {
      throw ValidationError(
        "'--temperature' is \(temperature), but must be above 0; for the most likely token, give "
          + "'--greedy'.")
    }
    if greedy, temperature != nil {
      throw ValidationError("'--greedy' draws nothing; leave '--temperature' out.")
    }
  }

  /// What the options say.
  ///
  /// - Parameter seed: What the draws depend on.
  /// - Returns: How to sample.
  func parameters(seed: UInt64) -> SamplingParameters {
    SamplingParameters(
      choice: greedy ? .greedy : .temperature(temperature ?? 1), maxNewTokens: maxNewTokens,
      seed: seed)
  }
}
