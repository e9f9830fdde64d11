import Pipelines

/// Which exit status an error of a pipeline means.
enum PipelineFailure {
  /// Runs `body`, and gives the errors of pipelines their status; others keep theirs.
  static func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      throw failure(for: error)
    }
  }

  /// An error of a pipeline with its status; another one as it is.
  static func failure(for error: any Error) -> any Error {
    guard let error = error as? PipelineError else { return error }
    return Failure(status(of: error), error.description)
  }

  private static func status(of error: PipelineError) -> ExitStatus {
    switch error {
    case .messages, .noCommonDialogue, .noLengths, .fewReferences, .nothingToPredict, .noRun,
      .unwatched, .divergedMetric, .fewEvaluations, .noRoom, .brokenEvaluation, .noSubject:
      .data
    case .missingField, .allTooLong, .corrected, .differentTexts: .usage
    case .notANumber: .failure
    }
  }
}
