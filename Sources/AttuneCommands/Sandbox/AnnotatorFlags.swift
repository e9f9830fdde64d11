import ArgumentParser
import Sandbox

/// Who compares the completions, and which completions.
struct AnnotatorFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Members of the pool (default: 5).", valueName: "count"))
  var annotators: Int?

  @Option(
    help: ArgumentHelp(
      "Gold points that make odds of e; 0 always takes the better one (default: 0.1).",
      valueName: "points"))
  var temperature: Double?

  @Option(
    help: ArgumentHelp("Share of judgments that are turned round (default: 0).", valueName: "share")
  )
  var labelNoise: Double?

  @Option(
    help: ArgumentHelp("Log odds for ten words more (default: 0).", valueName: "odds"))
  var lengthBias: Double?

  @Option(
    help: ArgumentHelp(
      "Share of judgments that are made at random (default: 0).", valueName: "share"))
  var sloppiness: Double?

  @Option(
    help: ArgumentHelp(
      "What the gold scores of any two completions differ by at least (default: 0).",
      valueName: "points"))
  var minimumGap: Double?

  @Option(
    help: ArgumentHelp(
      "Annotators who judge each pair, each in a row of its own (default: 1).",
      valueName: "count"))
  var votes: Int?

  @Option(
    help: ArgumentHelp("Completions of a prompt in rankings (default: 4).", valueName: "count"))
  var completions: Int?

  static let usualPool = 5
  static let usualTemperature = 0.1
  static let usualCompletions = 4
  private static let completionLimit = 32

  var pool: AnnotatorPool {
    AnnotatorPool(
      size: annotators ?? Self.usualPool,
      typical: SimulatedAnnotator(
        name: "", temperature: temperature ?? Self.usualTemperature, labelNoise: labelNoise ?? 0,
        lengthBias: lengthBias ?? 0, sloppiness: sloppiness ?? 0))
  }

  /// The options that were given.
  var given: [SandboxOption] {
    SandboxOption.allCases.filter { option in
      switch option {
      case .annotators: annotators != nil
      case .temperature: temperature != nil
      case .labelNoise: labelNoise != nil
      case .lengthBias: lengthBias != nil
      case .sloppiness: sloppiness != nil
      case .minimumGap: minimumGap != nil
      case .votes: votes != nil
      case .completions: completions != nil
      }
    }
  }

  func validate() throws {
    func check<Value: Comparable>(
      _ option: SandboxOption, _ value: Value?, in range: ClosedRange<Value>, _ allowed: String
    ) throws {
      if let value, !range.contains(value) {
        throw ValidationError("'--\(option.rawValue)' is \(value), but must be \(allowed).")
      }
    }
    try check(.annotators, annotators, in: 1...10_000, "from 1 to 10000")
    try check(
      .temperature, temperature, in: 0...Double.greatestFiniteMagnitude, "a number from 0")
    try check(.labelNoise, labelNoise, in: 0...1, "from 0 to 1")
    try check(
      .lengthBias, lengthBias,
      in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, "a finite number")
    try check(.sloppiness, sloppiness, in: 0...1, "from 0 to 1")
    try check(.minimumGap, minimumGap, in: 0...1, "from 0 to 1")
    try check(
      .completions, completions, in: 2...Self.completionLimit, "from 2 to \(Self.completionLimit)")
    let pool = annotators ?? Self.usualPool
    try check(
      .votes, votes, in: 1...pool, "from 1 to the \(pool) that --annotators says there are")
  }
}
