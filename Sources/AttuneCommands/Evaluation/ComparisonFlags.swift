import ArgumentParser
import Sampling

/// How the completions of `attune evaluate compare` are drawn.
struct ComparisonFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Tokens of a completion at most.", valueName: "tokens"))
  var maxNewTokens = 256

  @Flag(help: "Take the most likely token, instead of drawing.")
  var greedy = false

  @Option(
    help: ArgumentHelp(
      "What logits are divided by before a token is drawn (default: 1).", valueName: "number"))
  var temperature: Double?

  @Option(help: ArgumentHelp("Completions of each prompt (default: 1).", valueName: "count"))
  var n: Int?

  @Option(
    help: ArgumentHelp(
      "What completions, and the draws of intervals, depend on.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    for (name, value) in [("--max-new-tokens", maxNewTokens), ("--n", n ?? 1)] where value < 1 {
      throw ValidationError("'\(name)' is \(value), but must be at least 1.")
    }
    if let temperature, !(temperature > 0 && temperature.isFinite) {
      throw ValidationError(
        "'--temperature' is \(temperature), but must be above 0; for the most likely token, give "
          + "'--greedy'.")
    }
    if greedy, temperature != nil {
      throw ValidationError("'--greedy' draws nothing; leave '--temperature' out.")
    }
    if greedy, let n, n > 1 {
      throw ValidationError("'--greedy' gives the same completion each time; leave '--n' out.")
    }
  }

  /// What the options say.
  var parameters: SamplingParameters {
    SamplingParameters(
      choice: greedy ? .greedy : .temperature(temperature ?? 1), maxNewTokens: maxNewTokens,
      seed: seed)
  }
}
