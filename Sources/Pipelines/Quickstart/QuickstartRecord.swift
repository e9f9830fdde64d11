internal import Foundation

/// What a quickstart has done so far, on the disk: the next one with the same recipe goes on from there.
struct QuickstartRecord: Codable, Equatable {
  let recipe: QuickstartRecipe
  var finished: [QuickstartStageRecord] = []

  /// Reads a record.
  ///
  /// - Parameter path: Its file.
  /// - Returns: `nil` where there is none.
  /// - Throws: ``QuickstartError/broken(path:)``.
  static func read(_ path: String) throws -> QuickstartRecord? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let record = DocumentFile.read(QuickstartRecord.self, from: path) else {
      throw QuickstartError.broken(path: path)
    }
    return record
  }

  /// Writes the record, whole or not at all.
  ///
  /// - Parameter path: Its file.
  /// - Throws: `RunRecordError` where it cannot be written.
  func write(_ path: String) throws { try DocumentFile.write(self, to: path) }
}

/// What a stage of a quickstart has come to.
public struct QuickstartStageRecord: Codable, Equatable, Sendable {
  /// The stage.
  public let stage: QuickstartStage
  /// How long it took, in seconds.
  public let seconds: Double
  /// What it found, each in a few words.
  public let findings: [String]
  /// What its model answers to the challenges; empty where it has made no language model.
  public let answers: [String]
}
