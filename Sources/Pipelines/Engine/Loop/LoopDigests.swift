internal import Foundation
internal import Trainers

/// Digests of files and model directories, each computed once as long as nothing writes there.
final class LoopDigests {
  private var known: [String: String] = [:]

  /// The digest of a file, or the fingerprint of a model: of an ensemble that of all members.
  ///
  /// - Parameter path: A file or a directory.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: ``LoopError/missing(path:what:)``, or what is wrong with what is there.
  func digest(_ path: String) throws -> String {
    if let digest = known[path] { return digest }
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw LoopError.missing(path: path, what: "file or directory")
    }
    let digest = try isDirectory ? Self.model(path) : ContentDigest.ofFile(at: path)
    known[path] = digest
    return digest
  }

  /// Something was written in a folder.
  func forget(_ folder: String) {
    known = known.filter { !$0.key.hasPrefix(folder + "/") }
  }

  private static func model(_ directory: String) throws -> String {
    let members = try RewardEnsemble.members(of: directory).map {
      try ModelFingerprint(directory: $0).hexadecimal
    }
    return members.count == 1 ? members[0] : ContentDigest.of(members.joined(separator: "\n"))
  }
}
