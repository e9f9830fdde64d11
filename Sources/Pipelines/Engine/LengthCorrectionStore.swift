internal import LanguageModels
internal import RunRecords
internal import Trainers

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

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

  /// Writes a correction, in place of any there is; all else in the file stays.
  ///
  /// - Parameters:
  ///   - correction: What is taken off from now on, wherever the model scores.
  ///   - directory: A reward model or an ensemble of models.
  /// - Returns: The files.
  /// - Throws: `ModelError` where a record cannot be read, `RunRecordError` where it cannot be written.
  @discardableResult
  public static func save(
    _ correction: LengthAdjustment, in directory: String
  ) throws -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try RewardEnsemble.members(of: directory).map { member in
      var record = try RewardModelRecord(directory: member)
      record.lengthCorrection = .init(slope: correction.slope, origin: correction.origin)
      var file = try AtomicFile(path: path(in: member))
      try file.write(try encoder.encode(record))
      try file.write("\n")
      try file.commit()
      return path(in: member)
    }
  }

  private static func path(in directory: String) -> String { "\(directory)/reward_model.json" }
}
