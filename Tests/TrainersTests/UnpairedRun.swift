#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  /// A whole run of ``UnpairedTraining`` in a temporary folder, and all that it told.
  struct UnpairedRun {
    /// The run directory.
    let directory: String
    let summary: TrainingSummary
    let events: [TrainingEvent]

    /// Trains; without changes on the fixture, as the recorded runs do.
    ///
    /// - Parameters:
    ///   - folder: Holds the run directory and the reference cache, `cache`.
    ///   - name: The run directory's name.
    ///   - existing: What to do about a run that is there already.
    ///   - change: Settings other than the fixture's.
    ///   - observe: What to answer to each event.
    /// - Throws: What the run throws.
    init(
      in folder: TemporaryFolder, name: String = "run", existing: ExistingRun = .refuse,
      _ change: (inout KTOConfiguration) -> Void = { _ in },
      observe: (TrainingEvent) throws -> TrainingDisposition = { _ in .proceed }
    ) throws {
      let configuration = Self.configuration(folder, name, change)
      try configuration.validateForRun()
      let training = UnpairedTraining(
        configuration, referenceCache: configuration.referenceCache ?? folder.path("cache"),
        existing: existing)
      let origin = RunOrigin(
        version: "test", command: ["attune", "kto"], startedAt: Date(timeIntervalSince1970: 0),
        configuration: "beta: \(configuration.beta)\n")
      var events: [TrainingEvent] = []
      summary = try training.run(origin) { event in
        events.append(event)
        return try observe(event)
      }
      self.events = events
      directory = try #require(configuration.run.directory)
    }

    static func configuration(
      _ folder: TemporaryFolder, _ name: String = "run",
      _ change: (inout KTOConfiguration) -> Void = { _ in }
    ) -> KTOConfiguration {
      var configuration = KTOConfiguration()
      configuration.model = Fixture.model
      configuration.data.files = [UnpairedFixture.completions]
      configuration.data.shuffle = false
      configuration.data.maxLength = 512
      configuration.optimizer.learningRate = 2e-4
      configuration.optimizer.schedule = .constant
      configuration.batches.batchSize = 4
      configuration.batches.maxSteps = 5
      configuration.run.directory = folder.path(name)
      change(&configuration)
      return configuration
    }

    /// The logged steps.
    var entries: [MetricsEntry] {
      events.compactMap { if case .logged(let entry) = $0 { entry } else { nil } }
    }

    /// The evaluations.
    var evaluations: [MetricsEntry] {
      events.compactMap { if case .evaluated(let entry) = $0 { entry } else { nil } }
    }

    /// The sentences for a person.
    var notes: [String] {
      events.compactMap { if case .note(let sentence) = $0 { sentence } else { nil } }
    }

    /// Of each report of the reference: rows scored, to be scored, found in the cache.
    var referenceReports: [[Int]] {
      events.compactMap {
        if case .referenceScored(let done, let total, let cached) = $0 {
          [done, total, cached]
        } else {
          nil
        }
      }
    }

    /// One number of each logged step.
    func values(_ name: MetricName) throws -> [Double] {
      try entries.map { try #require($0.values[name]) }
    }

    /// The trained weights.
    func weights() throws -> [Double] { try weightsOfModel(at: directory) }
  }
#endif
