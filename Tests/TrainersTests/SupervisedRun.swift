#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  /// A whole run of ``SupervisedTraining`` in a temporary folder, and all that it told.
  struct SupervisedRun {
    /// The run directory.
    let directory: String
    let summary: TrainingSummary
    let events: [TrainingEvent]

    /// Fine-tunes; without changes on the recorded demonstrations, as the recorded runs do.
    ///
    /// - Parameters:
    ///   - folder: Holds the run directory.
    ///   - name: The run directory's name.
    ///   - existing: What to do about a run that is there already.
    ///   - change: Settings other than the fixture's.
    ///   - observe: What to answer to each event.
    /// - Throws: What the run throws.
    init(
      in folder: TemporaryFolder, name: String = "run", existing: ExistingRun = .refuse,
      _ change: (inout SupervisedConfiguration) -> Void = { _ in },
      observe: (TrainingEvent) throws -> TrainingDisposition = { _ in .proceed }
    ) throws {
      var configuration = SupervisedConfiguration()
      configuration.model = Fixture.model
      configuration.data.files = [SupervisedFixture.demonstrations]
      configuration.data.shuffle = false
      configuration.data.maxLength = 512
      configuration.optimizer.learningRate = 2e-4
      configuration.optimizer.schedule = .constant
      configuration.batches.batchSize = 4
      configuration.batches.maxSteps = 5
      configuration.run.directory = folder.path(name)
      change(&configuration)
      try configuration.validateForRun()
      try self.init(
        configuration.run.directory, observe,
        train: SupervisedTraining(configuration, existing: existing).run)
    }

    /// Pretrains; without changes on the recorded texts.
    init(
      pretrainingIn folder: TemporaryFolder, name: String = "run", existing: ExistingRun = .refuse,
      _ change: (inout PretrainingConfiguration) -> Void = { _ in },
      observe: (TrainingEvent) throws -> TrainingDisposition = { _ in .proceed }
    ) throws {
      var configuration = PretrainingConfiguration()
      configuration.model = Fixture.model
      configuration.data.files = [SupervisedFixture.texts]
      configuration.optimizer.warmupSteps = 1
      configuration.batches.batchSize = 4
      configuration.batches.maxSteps = 3
      configuration.run.directory = folder.path(name)
      change(&configuration)
      try configuration.validateForRun()
      try self.init(
        configuration.run.directory, observe,
        train: SupervisedTraining(configuration, existing: existing).run)
    }

    private init(
      _ directory: String?, _ observe: (TrainingEvent) throws -> TrainingDisposition,
      train:
        @escaping (
          RunOrigin, (TrainingEvent) throws -> TrainingDisposition
        ) throws -> TrainingSummary
    ) throws {
      let origin = RunOrigin(
        version: "test", command: ["attune"], startedAt: Date(timeIntervalSince1970: 0),
        configuration: "")
      var events: [TrainingEvent] = []
      summary = try train(origin) { event in
        events.append(event)
        return try observe(event)
      }
      self.events = events
      self.directory = try #require(directory)
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

    /// One number of each logged step.
    func values(_ name: MetricName) throws -> [Double] {
      try entries.map { try #require($0.values[name]) }
    }

    /// One number of each evaluation.
    func evaluated(_ name: MetricName) throws -> [Double] {
      try evaluations.map { try #require($0.values[name.onEvaluation]) }
    }

    /// The trained weights.
    func weights() throws -> [Double] { try weightsOfModel(at: directory) }
  }
#endif
