import AnnotationStore
import ArgumentParser
import ConfigurationFiles
import Endpoints
import LanguageModels
import ModelServer
import Oversight
import Pipelines
import PreferenceData
import Rewards
import RunRecords
import Tokenization
import TorchEngine
import Trainers

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which exit status an error of the libraries means.
///
/// What is read and cannot be used is bad data (65), a missing input among it; what stands in the
/// way of an output, or a setting that cannot be, is wrong usage (64); everything else, such as a
/// full disk or a loss that is no number, is a failure (1). A command that knows better throws a
/// ``Failure``.
enum FailureMapping {
  /// The failure that an error stands for.
  static func failure(for error: any Error) -> Failure {
    switch error {
    case let failure as Failure: failure
    case let error as ValidationError: Failure(.usage, error.message)
    case let error as ConfigurationError: Failure(.usage, error.description)
    case let error as DataError: Failure(status(of: error), error.description)
    case let error as RunRecordError: Failure(status(of: error), error.description)
    case let error as EngineError: Failure(status(of: error), error.description)
    case let error as TrainingError: Failure(status(of: error), error.description)
    case let error as RewardError: Failure(status(of: error), error.description)
    case let error as AnnotationError: Failure(status(of: error), error.description)
    case let error as FeedbackError: Failure(status(of: error), error.description)
    case let error as ClassifierError: Failure(status(of: error), error.description)
    case let error as KeyFileError: Failure(status(of: error), error.description)
    case let error as LoopError: Failure(status(of: error), error.description)
    case is ResponseStoreError, is CanaryFolderError, is SafetyPolicyError:
      Failure(.usage, String(describing: error))
    case EndpointError.badAddress: Failure(.usage, String(describing: error))
    case JournalError.damaged: Failure(.data, String(describing: error))
    case is TokenizerError, is ModelError: Failure(.data, String(describing: error))
    default: Failure(.failure, String(describing: error))
    }
  }

  private static func status(of error: DataError) -> ExitStatus {
    switch error {
    case .missingFile, .directory, .unreadable, .unknownFormat, .notUTF8, .corruptGzip, .empty,
      .wrongKind, .missingColumns, .malformed, .unusable, .nothingLeft:
      .data
    case .unwritable(_, let reason): isAboutPath(reason) ? .usage : .failure
    case .notANumber: .failure
    }
  }

  private static func status(of error: RunRecordError) -> ExitStatus {
    switch error {
    case .notADirectory, .occupied, .notEmpty, .foreignFiles, .holdsInput, .notARegularFile,
      .notARun:
      .usage
    case .malformed, .shortened, .damagedCheckpoints: .data
    case .inUse: .failure
    case .system(_, _, let reason): isAboutPath(reason) ? .usage : .failure
    }
  }

  private static func status(of error: EngineError) -> ExitStatus {
    switch error {
    case .file, .positions: .data
    case .operation: .failure
    }
  }

  private static func status(of error: AnnotationError) -> ExitStatus {
    switch error {
    case .missing, .foreign, .newer, .task: .data
    case .setting, .exists, .noPerson, .name, .nameTaken, .noTask, .answer: .usage
    case .invitation, .notAssigned, .taken, .answeredOtherwise, .nothingToUndo, .paused: .failure
    }
  }

  private static func status(of error: FeedbackError) -> ExitStatus {
    switch error {
    case .missing, .foreign, .newer: .data
    case .unopenable, .unknownResponse, .noFeedback, .nothingSaid, .rating, .label, .contradiction,
      .unknownPreferred, .prefersItself, .otherPrompt, .long, .tags, .name:
      .usage
    }
  }

  private static func status(of error: ClassifierError) -> ExitStatus {
    switch error {
    case .missing, .damaged, .newer, .tooFewPrompts, .otherWidth: .data
    case .unknownLabel, .readsTexts, .exists, .unwritable: .usage
    case .notFinite: .failure
    }
  }

  private static func status(of error: LoopError) -> ExitStatus {
    switch error {
    case .fewPairs, .notPassed: .checkFailed
    case .occupied, .otherProject, .ownSource, .changed: .usage
    case .nameless, .broken, .noCandidate, .undivided, .undividedPrompts, .missing: .data
    case .inUse, .stopped: .failure
    }
  }

  private static func status(of error: KeyFileError) -> ExitStatus {
    switch error {
    case .file(let error): status(of: error)
    case .missing, .line: .data
    case .nameTaken: .usage
    case .held: .failure
    }
  }

  private static func status(of error: RewardError) -> ExitStatus {
    switch error {
    case .sameName: .usage
    case .badDialogue: .data
    case .notFinite, .wrongCount, .withoutReference: .failure
    }
  }

  private static func status(of error: TrainingError) -> ExitStatus {
    switch error {
    case .messages, .heldOut, .noEndOfSequence, .vocabulary, .weightsOfCoupledLoss,
      .unreadableCheckpoint,
      .textWithoutPrompt, .unfinishedEnsemble, .dialogue:
      .data
    case .foreignCheckpoint, .checkpointBeyondEnd, .rewardModelStart, .noRoomForPrompts,
      .valueVocabulary:
      .usage
    case .stoppedBeforeTraining, .memory, .divergedLoss, .divergedSequence, .divergedGradient,
      .samplerDisagrees:
      .failure
    }
  }

  /// Whether the operating system refused the path, for which another one is the remedy, rather
  /// than failed at its work.
  private static func isAboutPath(_ reason: String) -> Bool {
    let codes = [EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG, ELOOP]
    return codes.contains { String(cString: strerror($0)) == reason }
  }
}
