#if LibTorch
  import Foundation
  import LanguageModels
  import RunRecords
  import Testing
  import Tokenization
  import TorchEngine
  import Trainers
  import TrainingConfiguration

  /// A whole run of ``RewardTraining`` in a temporary folder, and all that it told.
  struct RewardRun {
    /// The run directory.
    let directory: String
    let summary: TrainingSummary
    let events: [TrainingEvent]

    /// Trains; without changes a recorded classifier on the recorded pairs, as the recorded runs do.
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
      _ change: (inout RewardConfiguration) throws -> Void = { _ in },
      observe: (TrainingEvent) throws -> TrainingDisposition = { _ in .proceed }
    ) throws {
      let configuration = try Self.configuration(folder, name, change)
      try configuration.validateForRun()
      let training = RewardTraining(configuration, existing: existing)
      let origin = RunOrigin(
        version: "test", command: ["attune", "reward"], startedAt: Date(timeIntervalSince1970: 0),
        configuration: "seed: \(configuration.run.seed)\n")
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
      _ change: (inout RewardConfiguration) throws -> Void = { _ in }
    ) throws -> RewardConfiguration {
      var configuration = RewardConfiguration()
      configuration.model = RewardFixture.llama
      configuration.data.files = [
        try folder.write(RewardFixture.rows(), to: "pairs-\(UUID().uuidString).jsonl")
      ]
      configuration.data.shuffle = false
      configuration.data.maxLength = 512
      configuration.optimizer.learningRate = 2e-4
      configuration.optimizer.schedule = .constant
      configuration.batches.batchSize = 4
      configuration.batches.maxSteps = 5
      configuration.run.directory = folder.path(name)
      try change(&configuration)
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

    /// One number of each logged step.
    func values(_ name: MetricName) throws -> [Double] {
      try entries.map { try #require($0.values[name]) }
    }

    /// The trained weights by name, those of heads in a file of their own among them.
    func tensors() throws -> [String: [Double]] { try tensorsOfRewardModel(at: directory) }
  }

  /// The weights in all files of a reward model's directory, by name.
  func tensorsOfRewardModel(at directory: String) throws -> [String: [Double]] {
    var tensors: [String: [Double]] = [:]
    for name in ["model.safetensors", "reward_heads.safetensors"] {
      let path = "\(directory)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let file = try SafetensorsFile(path: path)
      for tensor in file.names {
        tensors[tensor] = try file.tensor(tensor).values(as: Double.self)
      }
    }
    return tensors
  }

  /// What a reward model gives sequences of ids: of each member one score a sequence.
  func rewardScores(of groups: [[[Int32]]], by model: RewardModel) throws -> [[Double]] {
    let batch = PackedBatch(groups.map { $0.map { .init(prompt: $0, completion: []) } })
    return try withoutGradients { () throws(EngineError) in try model.scores(of: batch).members }
  }

  /// Whether the bytes of two files are equal.
  func haveEqualBytes(_ a: String, _ b: String) throws -> Bool {
    try Data(contentsOf: URL(filePath: a)) == Data(contentsOf: URL(filePath: b))
  }

  /// A member of each kind of training: what is trained, by what heads.
  struct RewardVariant: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let change: @Sendable (inout RewardConfiguration) -> Void

    static let trained = RewardVariant(testDescription: "trained") { _ in }
    static let all: [RewardVariant] = [
      trained,
      RewardVariant(testDescription: "trained, mlp, dropout") {
        $0.model = Fixture.model
        $0.headType = .mlp
        $0.headHiddenSize = 16
        $0.headDropout = 0.3
      },
      RewardVariant(testDescription: "trained, three heads") {
        $0.model = Fixture.model
        $0.ensembleSize = 3
      },
      RewardVariant(testDescription: "frozen, three mlp heads, dropout") {
        $0.model = Fixture.model
        $0.backbone = .frozen
        $0.headType = .mlp
        $0.headHiddenSize = 16
        $0.headDropout = 0.3
        $0.ensembleSize = 3
      },
    ]
  }
#endif
