public import Foundation

/// All that an administrator sees of a project: what the page shows, and programs get as JSON.
public struct ProjectOverview: Sendable, Encodable {
  /// How the project asks.
  public let settings: ProjectSettings
  /// How far it has come, with everybody's part in it.
  public let progress: ProjectProgress
  /// How far annotators agree, by what was asked.
  public let agreement: [QuestionAgreement]
  /// The same over time.
  public let agreementHistory: [AgreementPeriod]
  /// How the models compare; `nil` without judgments of responses of different models.
  public let ranking: ModelRanking?
  /// The names of tasks that wait for a decision, in the order of the queue.
  public let reviewQueue: [String]
  /// What annotators are told.
  public let guidelines: Guidelines
}

extension AnnotationProject {
  /// All that an administrator sees.
  ///
  /// - Parameters:
  ///   - now: The present moment.
  ///   - rounds: How often items are drawn again for the intervals of agreement.
  /// - Returns: What is known.
  /// - Throws: An error of SQLite.
  public func overview(now: Date, rounds: Int = 200) throws -> ProjectOverview {
    ProjectOverview(
      settings: try settings(), progress: try progress(now: now),
      agreement: try agreement(rounds: rounds), agreementHistory: try agreementHistory(),
      ranking: try modelRanking(), reviewQueue: try reviewQueue(), guidelines: try guidelines())
  }
}
