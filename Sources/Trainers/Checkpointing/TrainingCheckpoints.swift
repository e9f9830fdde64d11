internal import LanguageModels
internal import RunRecords
internal import TorchEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Saves what a trainer needs to go on: weights, moments, and where it stood.
///
/// Each trainer brings a `Progress` of its own: steps done, running means, generators that have been
/// drawn from. What a run computes from its seed alone, as the order of the data, is laid out again.
struct TrainingCheckpoints {
  let run: RunDirectory
  /// What the run is, so that no other goes on from here.
  let identity: RunIdentity
  /// Checkpoints to keep.
  let limit: Int
  /// The model directory that configuration and tokenizer come from.
  let companions: String

  /// Saves a checkpoint.
  ///
  /// - Parameters:
  ///   - step: Optimizer steps done.
  ///   - totalSteps: Steps of the whole run, which its learning rate schedule depends on.
  ///   - model: The model that is trained.
  ///   - optimizer: Its optimizer.
  ///   - progress: Where the trainer stands.
  ///   - best: The step of a checkpoint that is kept whatever its age.
  /// - Returns: The checkpoint.
  /// - Throws: `RunRecordError` if the disk does not take it; earlier checkpoints are as they were.
  func save(
    step: Int, of totalSteps: Int, model: any TrainableModel, optimizer: AdamW,
    progress: some Codable, keeping best: Int? = nil
  ) throws -> Checkpoint {
    try run.saveCheckpoint(step: step, keeping: limit, and: best) { folder in
      try model.write(to: folder, companionsFrom: companions)
      try optimizer.write(model.trainedParameters, to: folder)
      let state = SavedState(
        identity: identity, totalSteps: totalSteps, optimizerSteps: optimizer.step,
        progress: progress)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      var file = try AtomicFile(path: "\(folder)/\(stateFileName)")
      try file.write(try encoder.encode(state))
      try file.write("\n")
      try file.commit()
    }
  }
}

/// `state.json` of a checkpoint: what is neither a weight nor a moment.
struct SavedState<Progress: Codable>: Codable {
  let identity: RunIdentity
  let totalSteps: Int
  let optimizerSteps: Int
  let progress: Progress

  fileprivate init(
    identity: RunIdentity, totalSteps: Int, optimizerSteps: Int, progress: Progress
  ) {
    self.identity = identity
    self.totalSteps = totalSteps
    self.optimizerSteps = optimizerSteps
    self.progress = progress
  }

  /// Reads the state that a run goes on from.
  ///
  /// - Parameters:
  ///   - checkpoint: A whole checkpoint.
  ///   - identity: What the run is that wants to go on.
  /// - Throws: ``TrainingError`` if the checkpoint belongs to another run.
  init(_ checkpoint: Checkpoint, of identity: RunIdentity) throws(TrainingError) {
    guard
      let bytes = FileManager.default.contents(atPath: "\(checkpoint.path)/\(stateFileName)"),
      let state = try? JSONDecoder().decode(Self.self, from: bytes)
    else { throw .unreadableCheckpoint(path: checkpoint.path) }
    let differences = identity.differences(from: state.identity)
    guard differences.isEmpty else {
      throw .foreignCheckpoint(path: checkpoint.path, differences: differences)
    }
    self = state
  }
}

private let stateFileName = "state.json"
