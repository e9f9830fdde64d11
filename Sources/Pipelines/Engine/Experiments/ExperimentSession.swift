internal import Reports
internal import RunRecords
public import Trainers

/// The experiments that reproduce what papers have found, on the sandbox world.
public enum ExperimentKind: String, CaseIterable, Sendable {
  /// Gold against KL: DPO, PPO, RLOO and best of n.
  case frontier
  /// Gold and proxy against √KL, by the size and the noise of the reward model's data.
  case overoptimization
  /// One reward model against ensembles.
  case ensembles
  /// Objectives against label noise.
  case noise
  /// RLHF beside DPO.
  case compare
  /// Revisions and preferences by a constitution, from a model that was taught to be helpful alone.
  case constitution
}

/// An experiment in a directory.
public struct ExperimentSession {
  private let kind: ExperimentKind
  private let size: ExperimentSize
  private let seed: UInt64
  private let directory: String
  private let origin: Quickstart.Origin

  /// Describes a session.
  ///
  /// - Parameters:
  ///   - kind: What is measured.
  ///   - size: How much of it.
  ///   - seed: Decides every draw.
  ///   - directory: Where all of it lies.
  ///   - origin: Where a training run comes from, by its settings.
  public init(
    _ kind: ExperimentKind, size: ExperimentSize, seed: UInt64, directory: String,
    origin: @escaping Quickstart.Origin
  ) {
    (self.kind, self.size, self.seed) = (kind, size, seed)
    (self.directory, self.origin) = (directory, origin)
  }

  /// Measures what is not measured yet, and writes `results.csv` and `report.html`.
  ///
  /// - Parameters:
  ///   - command: The command that repeats it, for the page.
  ///   - footer: What makes the page.
  ///   - observe: Told of all that happens; may stop it.
  /// - Returns: What was shown.
  /// - Throws: ``ExperimentError``, ``QuickstartError``, and what training throws.
  public func run(
    command: String, footer: String,
    observe: (ExperimentEvent) throws -> TrainingDisposition
  ) async throws -> ExperimentAccount {
    let account =
      switch kind {
      case .frontier: try await measure(FrontierExperiment(size: size), observe)
      case .overoptimization: try await measure(OveroptimizationExperiment(size: size), observe)
      case .ensembles: try await measure(EnsemblesExperiment(size: size), observe)
      case .noise: try await measure(NoiseExperiment(size: size), observe)
      case .compare: try await measure(CompareExperiment(size: size), observe)
      case .constitution: try await measure(ConstitutionExperiment(size: size), observe)
      }
    let page = page(account, command: command, footer: footer)
    try AtomicFile.write(page.rendered(), to: "\(directory)/report.html")
    for (name, figure) in account.figures {
      try AtomicFile.write(figure.picture(), to: "\(directory)/\(name).svg")
    }
    return account
  }

  private func measure(
    _ experiment: some Experiment,
    _ observe: (ExperimentEvent) throws -> TrainingDisposition
  ) async throws -> ExperimentAccount {
    let run = ExperimentRun(
      experiment: experiment, size: size, seed: seed, directory: directory, origin: origin)
    return try await run(observe: observe)
  }

  private func page(
    _ account: ExperimentAccount, command: String, footer: String
  ) -> HTMLPage {
    HTMLPage(
      title: "Experiment: \(kind.rawValue)",
      subtitle: "the sandbox world, seed \(seed)\(size == .quick ? ", quick" : "")",
      opening: [.paragraph(account.question)] + account.findings.map { .note($0) },
      sections: [ReportSection("Pictures", account.figures.map { .figure($0.figure) })]
        + account.sections + [ReportSection("To repeat it", [.code(command)])],
      footer: footer)
  }
}
