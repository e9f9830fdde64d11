import ConfigurationFiles
import Endpoints
import Evaluations
import Foundation
import LanguageModels
import Pipelines
import Rewards
import Sandbox
import Trainers
import TrainingConfiguration

/// The sources of reward that settings name, ready to score.
struct RewardSources {
  /// All of them together, in the order model, program, endpoint, rules, gold.
  var reward: CompositeReward
  /// The ensemble of reward models among them, whose members' spread is worth watching; `nil` where
  /// there is no model, or one of one member.
  let ensemble: ScoringReward?

  /// Where the bearer token of an endpoint is, so that it gets into no file and no list of processes.
  static let tokenVariable = "ATTUNE_REWARD_TOKEN"

  /// Reads models and rules. A program is started, and a server asked, with the first batch.
  ///
  /// - Parameters:
  ///   - configuration: Settings without conflicts.
  ///   - environment: What ``tokenVariable`` is looked up in.
  /// - Throws: ``Failure``, `ModelError`, `ConfigurationError`, `EndpointError` or `RewardError` for
  ///   what cannot be a reward.
  init(
    _ configuration: RewardSourceConfiguration,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let models = configuration.models.isEmpty ? nil : try configuration.modelReward()
    let rules = try configuration.rules.map {
      try YAMLDocument(contentsOf: $0).decode(RewardRules.self)
    }
    let limit = Duration.seconds(configuration.timeout)
    var sources: [[RewardPart]] = []
    if let models {
      // Stored normalizations are those of members, and are applied before members become one.
      sources.append([configuration.learnedPart(models)])
    }
    if let command = configuration.program {
      let reward = ProgramReward(program: JSONLinesProgram(command: command), limit: limit)
      sources.append([configuration.learnedPart(reward)])
    }
    if let address = configuration.endpoint {
      let token = environment[Self.tokenVariable].flatMap { $0.isEmpty ? nil : $0 }
      let endpoint = try HTTPEndpoint(address: address, bearerToken: token, limit: limit)
      sources.append([configuration.learnedPart(EndpointReward(endpoint: endpoint))])
    }
    if let rules { sources.append(rules.parts) }
    if configuration.usesGold {
      let world = SandboxWorld(seed: UInt64(configuration.worldSeed))
      sources.append([RewardPart(GoldReward(judge: GoldJudge(world: world)))])
    }
    reward = try CompositeReward(
      configuration.weighted(sources),
      missingEndPenalty: configuration.missingEndPenalty + (rules?.missingEndPenalty ?? 0))
    ensemble = models.flatMap { $0.memberCount > 1 ? $0 : nil }
  }
}

extension RewardSourceConfiguration {
  /// All reward models as one reward.
  fileprivate func modelReward() throws -> ScoringReward {
    let scorings = try models.map { try RewardScoring(directory: $0) }
    var normalizations: [ScoreNormalization]?
    if normalization == .stored {
      normalizations = try zip(models, scorings).flatMap { directory, scoring in
        guard let stored = (scoring.models as [any ScoreModel]).storedNormalizations else {
          throw Failure(
            .usage,
            "reward_normalization is stored, but the reward model \(directory) does not store mean and "
              + "deviation of a reference set; those that `attune reward` trains do, until a length "
              + "correction is saved. Give reward_normalization running, or none")
        }
        return stored
      }
    }
    return ScoringReward(
      scorers: scorings, aggregation: aggregation.aggregation(lambda: lambda),
      normalizations: normalizations)
  }

  /// A reward whose scale is unknown, and which a policy may learn to deceive.
  fileprivate func learnedPart(_ reward: any Reward) -> RewardPart {
    let guarded: any Reward =
      switch likelihood {
      case .ignored: reward
      case .scaled:
        ConservativeReward(reward, weighting: .scaling(threshold: likelihoodThreshold))
      case .filtered:
        ConservativeReward(reward, weighting: .filtering(threshold: likelihoodThreshold))
      }
    return RewardPart(guarded, normalization: normalization == .running ? .running : .none)
  }

  /// The parts of all sources with what each source counts, and the range of their scores.
  fileprivate func weighted(_ sources: [[RewardPart]]) -> [RewardPart] {
    precondition(weights.isEmpty || weights.count == sources.count, "a weight for each source")
    return sources.enumerated().flatMap { index, parts in
      parts.map { part in
        var part = part
        part.weight *= weights.isEmpty ? 1 : weights[index]
        if clipRange.count == 2 { part.clipping = clipRange[0]...clipRange[1] }
        return part
      }
    }
  }
}
