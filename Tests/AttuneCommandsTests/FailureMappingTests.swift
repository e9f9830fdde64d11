import AnnotationStore
import ArgumentParser
import Endpoints
import LanguageModels
import ModelServer
import Oversight
import Pipelines
import PreferenceData
import Rewards
import RunRecords
import Testing
import TorchEngine
import Trainers

@testable import AttuneCommands

@Suite("Exit status of errors")
struct FailureMappingTests {
  private struct Surprise: Error, CustomStringConvertible {
    let description = "something else"
  }

  private static let place = SourceLocation(file: "a.jsonl", line: 3)

  private static let usageErrors: [any Error] = [
    ValidationError("no"),
    RunRecordError.occupied(path: "x"), RunRecordError.notEmpty(path: "x"),
    RunRecordError.notADirectory(path: "x"), RunRecordError.notARegularFile(path: "x"),
    RunRecordError.foreignFiles(path: "x", names: ["y"]),
    RunRecordError.holdsInput(path: "x", input: "y"),
    RunRecordError.system(operation: "create", path: "x", reason: "Permission denied"),
    RunRecordError.system(operation: "create", path: "x", reason: "No such file or directory"),
    DataError.unwritable(path: "x", reason: "Read-only file system"),
    RunRecordError.notARun(path: "x"),
    TrainingError.foreignCheckpoint(path: "x", differences: ["beta was 0.1 and is 0.2"]),
    TrainingError.checkpointBeyondEnd(path: "x", step: 5, total: 4),
    ClassifierError.exists(directory: "x"), ClassifierError.readsTexts(directory: "x"),
    ClassifierError.unknownLabel("x", known: []),
    KeyFileError.nameTaken(path: "x", name: "y"),
    ResponseStoreError.held(folder: "x"), CanaryFolderError.inUse(folder: "x"),
    SafetyPolicyError.severalLabels([], path: "x"),
    KeyFileError.file(.notARegularFile(path: "x")),
    FeedbackError.unopenable(path: "x"), FeedbackError.nothingSaid, FeedbackError.rating(2),
    LoopError.occupied(path: "x"), LoopError.otherProject(path: "x", name: "y"),
    LoopError.ownSource(path: "x", turn: 1), LoopError.changed(.gate, turn: 1, names: ["y"]),
    RewardError.sameName("x"), EndpointError.badAddress(reason: "must be another"),
  ]

  private static let dataErrors: [any Error] = [
    DataError.missingFile(path: "x"), DataError.empty(path: "x"),
    FeedbackError.missing(path: "x"), FeedbackError.foreign(path: "x"),
    FeedbackError.newer(path: "x"),
    ClassifierError.missing(directory: "x"), ClassifierError.otherWidth(seen: 1, known: 2),
    DataError.malformed(MalformedRows()),
    DataError.missingColumns(path: "x", seen: ["a"], needed: ["b"]),
    DataError.nothingLeft(paths: ["x"], dropped: DroppedRows()),
    ModelError.configuration(path: "x", problem: "bad"),
    ModelError.weights(path: "x", problem: "bad"),
    EngineError.file(path: "x", problem: "cut off"),
    EngineError.positions(tokens: 5, limit: 4),
    RunRecordError.malformed(path: "x", line: 1, problem: "bad"),
    TrainingError.messages(place), TrainingError.noEndOfSequence(directory: "x"),
    TrainingError.vocabulary(directory: "x", tokenizer: 5, model: 4),
    RunRecordError.shortened(path: "x", bytes: 1, expected: 2),
    RunRecordError.damagedCheckpoints(path: "x", damages: ["y"]),
    LoopError.nameless(path: "x"), LoopError.broken(path: "x"), LoopError.noCandidate(path: "x"),
    LoopError.missing(path: "x", what: "file"),
    LoopError.undivided(pairs: 1, heldOut: 0, share: 0.1),
    LoopError.undividedPrompts(prompts: 1, heldOut: 0, share: 0.1),
    KeyFileError.missing(path: "x"), KeyFileError.line(path: "x", line: 1, problem: "bad"),
    TrainingError.weightsOfCoupledLoss(place), TrainingError.unreadableCheckpoint(path: "x"),
  ]

  private static let otherErrors: [any Error] = [
    EngineError.operation("out of memory"),
    LoopError.inUse(path: "x"), LoopError.stopped(.gate, turn: 1),
    RunRecordError.inUse(path: "x"), KeyFileError.held(path: "x"),
    RunRecordError.system(operation: "write", path: "x", reason: "No space left on device"),
    DataError.unwritable(path: "x", reason: "No space left on device"),
    DataError.notANumber(path: "x", field: "log_probability"),
    TrainingError.divergedGradient(step: 3, rows: [place]), TrainingError.stoppedBeforeTraining,
    RewardError.notFinite(reward: "x", score: .nan, row: 0, prompt: "p"),
    EndpointError.unreachable(address: "x", reason: "refused", attempts: 1),
    ProgramError.cannotStart(command: "x", reason: "no"), Surprise(),
  ]

  @Test("what stands in the way of an output is wrong usage", arguments: usageErrors)
  func usage(error: any Error) { #expect(FailureMapping.failure(for: error).status == .usage) }

  @Test("what is read and cannot be used is bad data", arguments: dataErrors)
  func data(error: any Error) { #expect(FailureMapping.failure(for: error).status == .data) }

  @Test("everything else is a failure", arguments: otherErrors)
  func other(error: any Error) { #expect(FailureMapping.failure(for: error).status == .failure) }

  @Test("the sentence is the error's own, and a failure stays as it is")
  func sentences() {
    for error in Self.usageErrors.dropFirst() + Self.dataErrors + Self.otherErrors {
      #expect(FailureMapping.failure(for: error).description == String(describing: error))
    }
    #expect(FailureMapping.failure(for: ValidationError("no")).description == "no")
    let failure = Failure(.checkFailed, "gate")
    #expect(FailureMapping.failure(for: failure) == failure)
  }
}
