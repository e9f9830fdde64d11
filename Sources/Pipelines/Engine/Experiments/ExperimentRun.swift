internal import Reports
internal import RunRecords
internal import Trainers

/// A run of an experiment: its world, its parts that are not measured yet, its table and its pictures.
struct ExperimentRun<Subject: Experiment> {
  let experiment: Subject
  let size: ExperimentSize
  let seed: UInt64
  /// The directory of all of it.
  let directory: String
  let origin: Quickstart.Origin

  private static var logName: String { "measurements.jsonl" }

  /// Measures all parts that are not measured yet, and writes `results.csv`.
  ///
  /// - Parameter observe: Told of all that happens; may stop it.
  /// - Returns: What was shown.
  /// - Throws: ``ExperimentError``, and what training throws.
  func callAsFunction(
    observe: (ExperimentEvent) throws -> TrainingDisposition
  ) async throws -> ExperimentAccount {
    guard try WorkingDirectory.open(directory, knownBy: Self.logName) else {
      throw ExperimentError.occupied(path: directory)
    }
    var log = try ExperimentLog<Subject.Row>(
      "\(directory)/\(Self.logName)", .init(experiment: Subject.name, size: size, seed: seed))
    let parts = experiment.parts
    if !parts.allSatisfy({ log.holds("\($0)") }) {
      let laboratory = try await laboratory(observe)
      for (index, part) in parts.enumerated() where !log.holds("\(part)") {
        _ = try observe(.began("\(part)", number: index + 1, total: parts.count))
        let start = ContinuousClock.now
        let rows = try await measure(part, in: laboratory, observe)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try log.append("\(part)", seconds: seconds, rows)
        try AtomicFile.write(log.rows.csv, to: "\(directory)/results.csv")
        _ = try observe(.finished("\(part)", seconds: seconds))
      }
    }
    return experiment.account(of: log.rows)
  }

  private func measure(
    _ part: Subject.Part, in laboratory: Laboratory,
    _ observe: (ExperimentEvent) throws -> TrainingDisposition
  ) async throws -> [Subject.Row] {
    do {
      return try await experiment.measure(part, in: laboratory) {
        if try observe($0) == .stop { throw CancellationError() }
      }
    } catch is CancellationError {
      throw ExperimentError.stopped(part: "\(part)")
    }
  }

  /// The world, the base model and the fine-tuned one: those of a quickstart.
  private func laboratory(
    _ observe: (ExperimentEvent) throws -> TrainingDisposition
  ) async throws -> Laboratory {
    let recipe = QuickstartRecipe(size: size == .full ? .full : .quick, seed: seed)
    let world = "\(directory)/world"
    try await Quickstart(recipe, directory: world, origin: origin).prepare(through: .sft) {
      try observe(.world($0))
    }
    return try Laboratory(
      recipe: recipe, layout: QuickstartLayout(root: world), origin: origin)
  }
}
