import ArgumentParser
import Sampling

/// How the completions of `attune evaluate compare` are drawn.
struct ComparisonFlags: ParsableArguments {
  @OptionGroup var drawing: DrawingFlags

  @Option(help: ArgumentHelp("Completions of each prompt (default: 1).", valueName: "count"))
  var n: Int?

  @Option(
    help: ArgumentHelp(
      "What completions, and the draws of intervals, depend on.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    if let n, n < 1 { throw ValidationError("'--n' is \(n), but must be at least 1.") }
    if drawing.greedy, let n, n > 1 {
      throw ValidationError("'--greedy' gives the same completion each time; leave '--n' out.")
    }
  }

  /// What the options say.
  var parameters: SamplingParameters { drawing.parameters(seed: seed) }
}
