internal import LanguageModels
internal import RunRecords
internal import TorchEngine

/// A checkpoint that a run goes on from, and what its trainer kept in it.
struct Resumption<Progress: Codable> {
  let checkpoint: Checkpoint
  let state: SavedState<Progress>

  /// Finds where a run goes on; `nil` at its beginning, if it has saved no checkpoint yet.
  ///
  /// - Parameters:
  ///   - run: The run directory.
  ///   - identity: What the run is that wants to go on.
  ///   - totalSteps: Steps of the whole run.
  ///   - report: Told, as sentences, what a person should know.
  /// - Throws: ``TrainingError`` if the checkpoint belongs to another run, or is beyond its end;
  ///   `RunRecordError` if there are checkpoints and none is whole.
  init?(
    ofLastCheckpointIn run: RunDirectory, _ identity: RunIdentity, totalSteps: Int,
    report: (String) throws -> Void
  ) throws {
    let (whole, damaged) = try run.lastCheckpoint()
    guard let whole else {
      try report("no checkpoint was saved yet; the run starts from its beginning")
      return nil
    }
    for damage in damaged {
      try report("\(damage); going on from step \(whole.step) instead")
    }
    checkpoint = whole
    state = try SavedState(whole, of: identity)
    guard whole.step <= totalSteps else {
      throw TrainingError.checkpointBeyondEnd(
        path: whole.path, step: whole.step, total: totalSteps)
    }
    if state.totalSteps != totalSteps {
      try report(
        "the run now has \(totalSteps) steps instead of \(state.totalSteps); "
          + "from here on the learning rate is that of the new length")
    }
  }

  /// Gives a new optimizer of the checkpoint's weights its moments.
  func restore(_ optimizer: AdamW, of parameters: Parameters) throws(EngineError) {
    try optimizer.resume(after: state.optimizerSteps, parameters, from: checkpoint.path)
  }
}

extension RunManifest {
  /// Notes that another process goes on with the run.
  mutating func note(_ origin: RunOrigin, after step: Int) {
    let resumption = Resumption(step: step, command: origin.command, startedAt: origin.startedAt)
    resumptions = (resumptions ?? []) + [resumption]
    finishedSteps = nil
  }
}
