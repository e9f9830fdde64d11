import ArgumentParser
import Oversight
import Pipelines
import PreferenceData

/// Which challenges a model is asked, and who reads its answers.
struct ChallengeFlags: ParsableArguments {
  /// A part of a suite.
  enum Part: String, ExpressibleByArgument, CaseIterable {
    /// What may be trained on.
    case open
    /// What training refuses.
    case heldOut = "held-out"
    /// Everything.
    case all
  }

  @Option(
    help: ArgumentHelp(
      "Challenges as JSON Lines: prompt, and perhaps id, pair, category, harmful, held_out (default: those that "
        + "ship).", valueName: "file"))
  var suite: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Ask only challenges of these categories (default: all).", valueName: "category"))
  var categories: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Ask them in other ways too: all, or some by name.", valueName: "mutation"))
  var mutations: [MutationChoice] = []

  @Option(help: ArgumentHelp("Answers to each prompt.", valueName: "count"))
  var samples = 1

  @Option(
    help: ArgumentHelp(
      "Who reads what answers do: phrases, or model:DIR, which is asked about each.",
      valueName: "judge"))
  var judge = StanceJudge.phrases

  @OptionGroup var harm: HarmFlags

  func validate() throws {
    if samples < 1 {
      throw ValidationError("'--samples' is \(samples), but must be at least 1.")
    }
  }

  /// What is asked.
  ///
  /// - Parameters:
  ///   - part: Which part of the suite.
  ///   - seed: What draws depend on.
  /// - Returns: At least one challenge.
  /// - Throws: `DataError` for a file that is no suite, ``Failure`` for nothing to ask.
  func run(_ part: Part, seed: UInt64) throws -> RedTeamRun {
    let suite = try self.suite.map { try ChallengeSuite(file: $0) } ?? .shipped
    let unknown = categories.filter { !suite.categories.contains($0) }
    guard unknown.isEmpty else {
      throw Failure(
        .usage,
        "no challenge has the category \(unknown.map { "'\($0)'" }.joined(separator: " or ")); there are "
          + suite.categories.joined(separator: ", "))
    }
    let asked =
      switch part {
      case .open: suite.open
      case .heldOut: suite.heldOut
      case .all: suite
      }
    let chosen = asked.challenges.filter {
      categories.isEmpty || categories.contains($0.category)
    }
    guard !chosen.isEmpty else {
      throw Failure(
        .usage, "the suite has no \(part.rawValue) challenges; choose another --part")
    }
    var run = RedTeamRun(ChallengeSuite(chosen))
    run.mutations = [nil] + MutationChoice.mutations(of: mutations)
    run.samples = samples
    run.seed = seed
    run.judge = try judge.scorer()
    run.harm = try harm.scoring()
    return run
  }

  /// What the suite is called in results.
  var suiteName: String { suite ?? "shipped" }
}

/// What `--mutations` says: `all`, or the name of one.
enum MutationChoice: ExpressibleByArgument {
  case all
  case one(PromptMutation)

  init?(argument: String) {
    if argument == "all" {
      self = .all
    } else if let mutation = PromptMutation(rawValue: argument) {
      self = .one(mutation)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { ["all"] + PromptMutation.allCases.map(\.rawValue) }

  /// The mutations that are meant, each once and in their order.
  static func mutations(of choices: [MutationChoice]) -> [PromptMutation] {
    PromptMutation.allCases.filter { mutation in
      choices.contains {
        switch $0 {
        case .all: true
        case .one(let chosen): chosen == mutation
        }
      }
    }
  }
}

/// What `--judge` says: `phrases` or `model:DIR`.
enum StanceJudge: ExpressibleByArgument, Equatable {
  case phrases
  case model(String)

  init?(argument: String) {
    if argument == "phrases" {
      self = .phrases
    } else if argument.hasPrefix("model:"), argument.count > 6 {
      self = .model(String(argument.dropFirst(6)))
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { ["phrases", "model:DIR"] }

  /// A model that reads stances; `nil` for phrases.
  func scorer() throws -> (any ContinuationScorer)? {
    switch self {
    case .phrases: nil
    case .model(let directory): try ModelContinuationScorer(directory: directory)
    }
  }

  /// What it is called in results.
  var name: String {
    switch self {
    case .phrases: "phrases"
    case .model(let directory): directory
    }
  }
}
