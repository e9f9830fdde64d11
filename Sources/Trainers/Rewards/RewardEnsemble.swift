internal import RunRecords

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An ensemble of whole reward models: a directory with `member-1`, `member-2`, …, a run each, the
/// settings of all, `attune.yaml`, and how many there are to be, `reward_ensemble.json`.
public enum RewardEnsemble {
  /// The directory of a member.
  ///
  /// - Parameters:
  ///   - number: From 1.
  ///   - directory: The ensemble's directory.
  /// - Returns: Its path.
  public static func member(_ number: Int, of directory: String) -> String {
    "\(directory)/\(prefix)\(number)"
  }

  /// The model directories that a directory stands for: its members', or itself.
  ///
  /// - Parameter directory: A reward model or an ensemble.
  /// - Returns: At least one directory.
  /// - Throws: ``TrainingError`` if a member of an ensemble is not finished.
  public static func members(of directory: String) throws(TrainingError) -> [String] {
    let first = member(1, of: directory)
    guard exists(first) else { return [directory] }
    guard let size = size(of: directory) else {
      throw .unfinishedEnsemble(directory: directory, member: first)
    }
    let members = (1...size).map { member($0, of: directory) }
    for member in members
    where !exists("\(member)/config.json") && !exists("\(member)/reward_model.json") {
      throw .unfinishedEnsemble(directory: directory, member: member)
    }
    return members
  }

  private struct Size: Codable {
    var members: Int
  }

  private static func size(of directory: String) -> Int? {
    FileManager.default.contents(atPath: "\(directory)/\(sizeName)")
      .flatMap { try? JSONDecoder().decode(Size.self, from: $0) }
      .flatMap { $0.members > 0 ? $0.members : nil }
  }

  /// Checks that an ensemble can be written; each member's directory is checked by its own run.
  ///
  /// - Parameters:
  ///   - directory: The ensemble's directory.
  ///   - existing: What to do about what is there.
  /// - Throws: `RunRecordError` with what is in the way.
  static func check(_ directory: String, existing: ExistingRun) throws {
    let names = contents(of: directory)
    if names.isEmpty { return }
    if existing == .refuse { throw RunRecordError.occupied(path: directory) }
    let foreign = names.filter {
      $0 != settingsName && $0 != sizeName && number(ofName: $0) == nil
    }
    guard foreign.isEmpty else {
      throw RunRecordError.foreignFiles(path: directory, names: foreign)
    }
  }

  /// Writes the settings of all members, and how many there are to be.
  static func write(settings: String, size: Int, in directory: String) throws {
    let size = try JSONEncoder().encode(Size(members: size))
    for (name, content) in [(settingsName, Array(settings.utf8)), (sizeName, Array(size) + [0x0A])]
    {
      try AtomicFile.write(content, to: "\(directory)/\(name)")
    }
  }

  /// Removes what an overwritten ensemble had more members than this one.
  ///
  /// - Parameters:
  ///   - size: The members of this ensemble.
  ///   - directory: The ensemble's directory.
  /// - Throws: `RunRecordError` if something in one was not written by Attune.
  static func removeMembers(beyond size: Int, in directory: String) throws {
    for name in contents(of: directory) {
      guard let number = number(ofName: name), number > size else { continue }
      let path = member(number, of: directory)
      _ = try RunDestination(path: path, existing: .overwrite)
      try FileManager.default.removeItem(atPath: path)
    }
  }

  private static let prefix = "member-"
  private static let settingsName = "attune.yaml"
  private static let sizeName = "reward_ensemble.json"

  private static func number(ofName name: String) -> Int? {
    guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)), number > 0 else {
      return nil
    }
    return number
  }

  private static func contents(of directory: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
