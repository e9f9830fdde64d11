public import Foundation
public import Monitoring
public import Trainers
public import TrainingConfiguration

/// What a loop needs of the program around it.
public struct LoopEnvironment {
  /// Where a run comes from, by its settings.
  public var origin: (any MethodConfiguration) -> RunOrigin
  /// The sources of reward that settings name.
  public var rewards: (any OnPolicyConfiguration) throws -> OnPolicyRewards
  /// A canary plan as the file that a server reads.
  public var planText: (CanaryPlan) throws -> String
  /// What made a page, as it says itself.
  public var footer: String
  /// Where reference log probabilities are kept, unless the project says so.
  public var referenceCache: String
  /// Bytes that a run may take; `nil` to try whatever it needs.
  public var availableMemory: Int?
  /// The present moment.
  public var now: () -> Date

  /// Describes the program.
  ///
  /// - Parameters:
  ///   - footer: What made a page, as it says itself.
  ///   - referenceCache: Where reference log probabilities are kept, unless the project says so.
  ///   - availableMemory: Bytes that a run may take; `nil` to try whatever it needs.
  ///   - now: The present moment.
  ///   - origin: Where a run comes from, by its settings.
  ///   - rewards: The sources of reward that settings name.
  ///   - planText: A canary plan as the file that a server reads.
  public init(
    footer: String, referenceCache: String, availableMemory: Int? = nil,
    now: @escaping () -> Date,
    origin: @escaping (any MethodConfiguration) -> RunOrigin,
    rewards: @escaping (any OnPolicyConfiguration) throws -> OnPolicyRewards,
    planText: @escaping (CanaryPlan) throws -> String
  ) {
    (self.footer, self.referenceCache) = (footer, referenceCache)
    self.availableMemory = availableMemory
    (self.now, self.origin, self.rewards, self.planText) = (now, origin, rewards, planText)
  }

  /// Where a run of a turn comes from.
  ///
  /// - Parameters:
  ///   - settings: Its settings.
  ///   - lineage: What joins all files of the turn.
  /// - Returns: An origin that names the lineage, in the manifest and in the settings that are kept.
  func origin(_ settings: any MethodConfiguration, of lineage: LoopLineage) -> RunOrigin {
    var origin = origin(settings)
    origin.lineage = lineage.description
    origin.configuration = "# lineage: \(lineage)\n" + origin.configuration
    return origin
  }
}
