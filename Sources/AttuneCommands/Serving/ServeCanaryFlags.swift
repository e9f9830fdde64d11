import ArgumentParser

/// A model on trial.
struct ServeCanaryFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model on trial, with --store: a model directory, or the candidate.json of 'attune loop'.",
      valueName: "path"))
  var canary: String?

  @Option(
    help: ArgumentHelp(
      "The share of users that it answers, where there is no plan (default: 0.05).",
      valueName: "share"))
  var share: Double?

  @Option(
    help: ArgumentHelp(
      "A YAML file: how its share grows, and what rolls it back.", valueName: "file"))
  var canaryPlan: String?

  func validate() throws {
    if canary == nil {
      for (name, isGiven) in [("--share", share != nil), ("--canary-plan", canaryPlan != nil)]
      where isGiven {
        throw ValidationError("'\(name)' is about '--canary'.")
      }
    }
    if share != nil, canaryPlan != nil {
      throw ValidationError("give '--share' or '--canary-plan', not both.")
    }
    if let share, !(share > 0 && share < 1) {
      throw ValidationError("'--share' is \(share), but must be above 0 and below 1.")
    }
  }
}
