#if LibTorch
  import Foundation
  import Rewards
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  /// A configuration of one of the four methods, which tests change and run.
  protocol PractisedConfiguration: OnPolicyConfiguration {
    var model: String? { get set }
    var prompts: PromptConfiguration { get set }
    var reward: RewardSourceConfiguration { get set }
    var rollout: RolloutConfiguration { get set }
    var divergence: DivergenceConfiguration { get set }
    var watch: WatchConfiguration { get set }
    var optimizer: OptimizerConfiguration { get set }
    var batches: BatchConfiguration { get set }
    var run: RunConfiguration { get set }

    func training(_ rewards: OnPolicyRewards, existing: ExistingRun) -> OnPolicyTraining
  }

  extension ReinforceConfiguration: PractisedConfiguration {
    func training(_ rewards: OnPolicyRewards, existing: ExistingRun) -> OnPolicyTraining {
      OnPolicyTraining(.reinforce(self), rewards: rewards, existing: existing)
    }
  }

  extension RLOOConfiguration: PractisedConfiguration {
    func training(_ rewards: OnPolicyRewards, existing: ExistingRun) -> OnPolicyTraining {
      OnPolicyTraining(.rloo(self), rewards: rewards, existing: existing)
    }
  }

  extension GRPOConfiguration: PractisedConfiguration {
    func training(_ rewards: OnPolicyRewards, existing: ExistingRun) -> OnPolicyTraining {
      OnPolicyTraining(.grpo(self), rewards: rewards, existing: existing)
    }
  }

  extension PPOConfiguration: PractisedConfiguration {
    func training(_ rewards: OnPolicyRewards, existing: ExistingRun) -> OnPolicyTraining {
      OnPolicyTraining(.ppo(self), rewards: rewards, existing: existing)
    }
  }

  extension PractisedConfiguration {
    /// Short completions of the fixture's prompts by its model, two prompts a step.
    init(
      in folder: TemporaryFolder, name: String = "run", _ change: (inout Self) -> Void = { _ in }
    ) {
      self.init()
      model = Fixture.model
      prompts.files = [Fixture.pairs]
      prompts.shuffle = false
      // What says how good completions are is handed to the run by tests.
      reward.usesGold = true
      rollout.generations = 4
      rollout.maxCompletionLength = 8
      optimizer.learningRate = 2e-3
      optimizer.schedule = .constant
      batches.maxSteps = 3
      run.directory = folder.path(name)
      change(&self)
    }
  }

  /// The four methods.
  enum PractisedMethod: CaseIterable, Sendable {
    case reinforce
    case rloo
    case grpo
    case ppo

    var configuration: any PractisedConfiguration.Type {
      switch self {
      case .reinforce: ReinforceConfiguration.self
      case .rloo: RLOOConfiguration.self
      case .grpo: GRPOConfiguration.self
      case .ppo: PPOConfiguration.self
      }
    }
  }

  /// A whole run of ``OnPolicyTraining`` in a temporary folder, and all that it told.
  struct PolicyRun {
    /// The run directory.
    let directory: String
    let summary: TrainingSummary
    let events: [TrainingEvent]

    /// Trains on the fixture's prompts.
    ///
    /// - Parameters:
    ///   - folder: Holds the run directory.
    ///   - name: The run directory's name.
    ///   - rewards: What completions are worth.
    ///   - existing: What to do about a run that is there already.
    ///   - change: Settings other than those of short runs.
    ///   - observe: What to answer to each event.
    /// - Throws: What the run throws.
    init<Configuration: PractisedConfiguration>(
      in folder: TemporaryFolder, name: String = "run", rewards: OnPolicyRewards = .letters(),
      existing: ExistingRun = .refuse, _ change: (inout Configuration) -> Void,
      observe: (TrainingEvent) throws -> TrainingDisposition = { _ in .proceed }
    ) async throws {
      let configuration = Configuration(in: folder, name: name, change)
      try configuration.validateForRun()
      let origin = RunOrigin(
        version: "test", command: ["attune"], startedAt: Date(timeIntervalSince1970: 0),
        configuration: "seed: \(configuration.run.seed)\n")
      var events: [TrainingEvent] = []
      summary = try await configuration.training(rewards, existing: existing).run(origin) {
        events.append($0)
        return try observe($0)
      }
      self.events = events
      directory = folder.path(name)
    }

    /// The same of any method.
    init(
      _ method: PractisedMethod, in folder: TemporaryFolder, name: String = "run",
      rewards: OnPolicyRewards = .letters(), existing: ExistingRun = .refuse,
      _ change: (inout any PractisedConfiguration) -> Void = { _ in },
      observe: (TrainingEvent) throws -> TrainingDisposition = { _ in .proceed }
    ) async throws {
      func run<Configuration: PractisedConfiguration>(
        _ type: Configuration.Type
      ) async throws -> PolicyRun {
        try await PolicyRun(in: folder, name: name, rewards: rewards, existing: existing) {
          (configuration: inout Configuration) in
          var some: any PractisedConfiguration = configuration
          change(&some)
          if let changed = some as? Configuration { configuration = changed }
        } observe: {
          try observe($0)
        }
      }
      self = try await run(method.configuration)
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

    /// The steps of the checkpoints that were saved.
    var savedSteps: [Int] {
      events.compactMap { if case .saved(let checkpoint) = $0 { checkpoint.step } else { nil } }
    }

    /// One number of each logged step.
    func values(_ name: MetricName) throws -> [Double] {
      try entries.map { try #require($0.values[name], "\(name.rawValue)") }
    }

    /// The trained weights.
    func weights() throws -> [Double] { try weightsOfModel(at: directory) }
  }

  extension TemporaryFolder {
    /// The bytes of a file.
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: path(name))) }

    /// Whether two runs have left the same weights, metrics and sample completions.
    func expectSameRuns(_ a: String, _ b: String) throws {
      for file in ["model.safetensors", "metrics.jsonl", "completions.jsonl"] {
        #expect(try bytes("\(a)/\(file)") == bytes("\(b)/\(file)"), "\(file)")
      }
    }
  }

  /// Whether an event tells of the end of a step.
  func isPractised(_ event: TrainingEvent, _ number: Int?) -> Bool {
    if case .practised(let step, _, _, _, _, _) = event { step == number } else { false }
  }
#endif
