import AnnotationStore
import ConfigurationFiles
import Foundation
import LanguageModels
import Logging
import ModelServer
import Monitoring
import Pipelines
import Tokenization
import TorchEngine
import Trainers
import WebSupport

/// All that a server is made of, checked before it listens.
struct ServeSession {
  private let command: ServeCommand
  private let control: ServedModel
  private let trial: CanaryTrial?
  private let settings: EngineSettings
  private let policy: SafetyPolicy?
  private let keys: ServeKeys
  private let logger: Logger

  /// Reads all that is small.
  init(_ command: ServeCommand, model: String) throws {
    self.command = command
    var logger = Logger(label: "attune")
    logger.logLevel = .warning
    self.logger = logger
    control = try ServedModel(directory: model, name: command.servedName)
    trial = try CanaryTrial(command.canary, beside: control)
    settings = try command.load.settings(for: [control, trial?.model].compactMap(\.self))
    policy = try command.oversight.safety.map { path in
      try YAMLDocument(contentsOf: path).decode(SafetyPolicy.self)
    }
    if let reference = command.reference,
      try Tokenizer(directory: reference).vocabularyIdentity != control.tokenizer.vocabularyIdentity
    {
      throw Failure(
        .usage,
        "\(reference): has another tokenizer than \(model), so that their probabilities cannot be compared; give "
          + "the model that this one was trained from")
    }
    var random = SystemRandomNumberGenerator()
    keys = try ServeKeys(
      command.keys, ProcessInfo.processInfo.environment, using: &random
    ) { StandardStream.error.writeLine("attune: \($0)") }
  }

  /// Serves until a signal comes.
  ///
  /// - Returns: How it ended.
  func run() async throws -> WebServer.Ending {
    let address = command.listening.reach.address(
      port: command.listening.port, carrying: "keys and texts")
    let metrics = MetricsRegistry()
    let engine = InferenceEngine(settings)
    let store = try command.oversight.store.map {
      try ResponseStore($0, scope: command.oversight.scope, logger: logger, now: Date())
    }
    let desk = try trial.map { trial in
      try CanaryDesk(
        trial.plan, folder: trial.folder(in: command.oversight.store ?? "."), registry: metrics
      ) { StandardStream.error.writeLine("attune: \($0)") }
    }
    let monitor = try monitor(metrics)
    let service = ModelService(
      engine: engine,
      models: ServedModels(
        control: control, candidate: trial?.model, reward: try servedReward(),
        created: Int(Date().timeIntervalSince1970)),
      keys: keys.users,
      settings: command.load.service(assumesConsent: command.oversight.assumeConsent),
      filter: try policy.map { try filter($0, engine) }, desk: desk, store: store,
      monitor: monitor, scorer: scorer(engine, metrics, monitor),
      metrics: metrics, address: address, proxy: command.listening.reach.proxy,
      logger: logger, version: Attune.version)
    let servers = ServePair(
      service, at: address, administeredAt: command.listening.adminAddress,
      by: keys.administrators, logger)
    return try await servers.run(
      loading: {
        try await engine.start(loading())
        if desk?.state.phase == .idle { try desk?.carryOut(.begin, at: Date()) }
      },
      ending: {
        await store?.flush()
        try desk?.save(at: Date())
        engine.stop()
      })
  }

  /// What the engine's thread loads.
  private func loading() -> @Sendable (EngineModels) throws -> Void {
    let (control, candidate) = (control, trial?.model)
    let (reward, reference) = (command.reward, command.reference)
    return { models in
      try models.load(control, as: .control)
      if let candidate { try models.load(candidate, as: .candidate) }
      if let reward { try models.loadReward(reward) }
      if let reference { try models.loadReference(reference) }
    }
  }

  private func servedReward() throws -> ServedModels.Reward? {
    guard let first = command.reward else { return nil }
    let positions = try RewardEnsemble.members(of: first).map {
      try TransformerConfiguration(directory: $0).sequenceLimit ?? .max
    }
    let name = first.split(separator: "/").last.map(String.init) ?? "reward"
    return ServedModels.Reward(
      name: name == control.name ? "\(name)-reward" : name, positions: positions.min())
  }

  private func filter(_ policy: SafetyPolicy, _ engine: InferenceEngine) throws -> SafetyFilter {
    // Paths in a file are seen from the file.
    let path = command.oversight.safety ?? ""
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    let checks = try policy.classifiers.map { classifier in
      try SafetyCheck(of: classifier, folder: folder) { model, texts in
        try await engine.perform { try $0.hiddenStates(of: texts, by: model) }
      }
    }
    return SafetyFilter(policy, checks: checks)
  }

  private func monitor(_ metrics: MetricsRegistry) throws -> LiveMonitor? {
    let flags = command.oversight
    guard !flags.baseline.isEmpty else { return nil }
    let before = try ObservedResponse.read(flags.baseline)
    let delivery = try AlertDelivery(webhook: flags.webhook)
    return try LiveMonitor(
      AlignmentBaseline(before, measurer: ResponseMeasurer(comparing: before)),
      rules: try flags.alerts.map { try AlertWatch(file: $0).rules } ?? AlertRule.usual,
      window: flags.window ?? 500, metrics: metrics
    ) { await delivery($0) }
  }

  private func scorer(
    _ engine: InferenceEngine, _ metrics: MetricsRegistry, _ monitor: LiveMonitor?
  ) -> AnswerScorer? {
    // A reward model that nothing watches would be asked in vain.
    let hasReward = command.reward != nil && monitor != nil
    guard hasReward || command.reference != nil else { return nil }
    return AnswerScorer(
      engine: engine, hasReward: hasReward, hasReference: command.reference != nil,
      metrics: metrics, logger: logger
    ) { monitor?.add($0) }
  }
}
