#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An ensemble of whole reward models: a directory with `member-1`, `member-2`, …, a run each.
public enum RewardEnsemble {
  /// The directory of a member.
  ///
  /// - Parameters:
  ///   - number: From 1.
  ///   - directory: The ensemble's directory.
  public static func member(_ number: Int, of directory: String) -> String {
    "\(directory)/member-\(number)"
  }

  /// The model directories that a directory stands for: its members', or itself.
  ///
  /// - Parameter directory: A reward model or an ensemble.
  /// - Returns: At least one directory.
  /// - Throws: ``TrainingError`` if a member of an ensemble is not finished.
  public static func members(of directory: String) throws(TrainingError) -> [String] {
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    guard exists(member(1, of: directory)) else { return [directory] }
    var members: [String] = []
    while exists(member(members.count + 1, of: directory)) {
      let member = member(members.count + 1, of: directory)
      guard exists("\(member)/config.json") else {
        throw .unfinishedEnsemble(directory: directory, member: member)
      }
      members.append(member)
    }
    return members
  }
}
