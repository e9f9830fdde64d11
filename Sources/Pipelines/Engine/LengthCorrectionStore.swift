public import LanguageModels
internal import Trainers

/// Where the length correction of a reward model is kept: in the `reward_model.json` of its directory,
/// or of all its members'.
public enum LengthCorrectionStore {
  /// Refuses a model that holds a correction already.
  ///
  /// - Parameter directory: A reward model or an ensemble of models.
  /// - Throws: ``PipelineError/corrected(path:)``, or what is wrong with the directory.
  public static func checkIsFree(_ directory: String) throws {
    for member in try RewardEnsemble.members(of: directory) {
      guard try RewardModelRecord(directory: member).lengthCorrection == nil else {
        throw PipelineError.corrected(path: path(in: member))
      }
    }
  }

  /// Writes a correction, in place of any there is. Mean and deviation of the scores go, since they were
  /// those of the uncorrected ones; all else in the file stays.
  ///
  /// - Parameters:
  ///   - correction: What is taken off from now on, wherever the model scores.
  ///   - directory: A reward model or an ensemble of models.
  /// - Returns: The files.
  /// - Throws: `ModelError` where a record cannot be read, `RunRecordError` where it cannot be written.
  @discardableResult
  public static func save(
    _ correction: RewardModelRecord.LengthCorrection, in directory: String
  ) throws -> [String] {
    try RewardEnsemble.members(of: directory).map { member in
      var record = try RewardModelRecord(directory: member)
      record.lengthCorrection = correction
      record.normalization = []
      try record.write(to: member)
      return path(in: member)
    }
  }

  private static func path(in directory: String) -> String {
    "\(directory)/\(RewardModelRecord.fileName)"
  }
}
