#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension RunDirectory {
  /// Adds a checkpoint, which appears whole or not at all, and removes the oldest beyond a limit.
  ///
  /// Files are written into a hidden folder, described with their checksums, saved to the disk, and
  /// the folder is renamed; only then are older checkpoints removed. Whatever moment the process is
  /// killed at, the last whole checkpoint is there.
  ///
  /// - Parameters:
  ///   - step: Optimizer steps done.
  ///   - limit: Checkpoints to keep, this one included; at least 1.
  ///   - best: The step of a checkpoint that is kept beside them, if there is it.
  ///   - writeFiles: Writes the files into the folder whose path it is given.
  /// - Returns: The checkpoint.
  /// - Throws: What `writeFiles` throws, or ``RunRecordError`` if the disk does not take the files;
  ///   earlier checkpoints are as they were.
  public func saveCheckpoint(
    step: Int, keeping limit: Int, and best: Int? = nil,
    _ writeFiles: (_ folder: String) throws -> Void
  ) throws -> Checkpoint {
    precondition(limit >= 1, "\(limit) checkpoints to keep")
    try enter([Checkpoint.folderName])
    let logs = try saveLogs()
    let name = Checkpoint.name(step: step)
    // A checkpoint of the same step is damaged, or resuming would have begun there or later.
    if try checkpointNames().contains(name) { try remove([name]) }
    let folder = try NewFolder(at: join(checkpoints, name))
    try writeFiles(folder.path)
    let manifest = try CheckpointManifest(step: step, logs: logs, filesIn: folder.path)
    try AtomicFile.write(manifest.encoded(), to: join(folder.path, CheckpointManifest.fileName))
    try folder.commit()
    let kept = best.map(Checkpoint.name(step:))
    try remove(try checkpointNames().dropLast(limit).filter { $0 != kept })
    return Checkpoint(step: step, path: join(checkpoints, name), logs: logs)
  }

  /// The last checkpoint that is whole.
  ///
  /// - Returns: The checkpoint, or `nil` if none was ever saved; and, as sentences, what is wrong
  ///   with each later one.
  /// - Throws: ``RunRecordError`` if there are checkpoints and all of them are damaged.
  public func lastCheckpoint() throws(RunRecordError) -> (whole: Checkpoint?, damaged: [String]) {
    var damages: [String] = []
    for name in try checkpointNames().reversed() {
      let folder = join(checkpoints, name)
      do throws(RunRecordError) {
        let manifest = try CheckpointManifest(ofCheckpointAt: folder)
        guard let damage = manifest.damage(in: folder) else {
          return (Checkpoint(step: manifest.step, path: folder, logs: manifest.logs), damages)
        }
        damages.append("\(folder): \(damage)")
      } catch .malformed(let path, _, let problem) {
        damages.append("\(path): \(problem)")
      } catch {
        damages.append("\(folder): \(CheckpointManifest.fileName) cannot be read")
      }
    }
    guard damages.isEmpty else {
      throw .damagedCheckpoints(path: checkpoints, damages: damages)
    }
    return (nil, [])
  }

  /// Cuts the logs to what they were at a checkpoint, so that the steps after it appear once.
  ///
  /// - Parameter checkpoint: Where the run goes on; `nil` for its beginning.
  /// - Throws: ``RunRecordError`` if a log is shorter than it was, or cannot be cut.
  public func rewind(to checkpoint: Checkpoint?) throws(RunRecordError) {
    for name in logNames {
      let path = join(path, name)
      guard let length = checkpoint?.logs[name] else {
        guard unlink(path) == 0 || errno == ENOENT else {
          throw .lastSystemError("replace the file", path)
        }
        continue
      }
      let file = try FileDescriptor(opening: path, O_RDWR, to: "cut the log")
      let size = try file.size()
      guard size >= length else { throw .shortened(path: path, bytes: size, expected: length) }
      try file.truncate(to: length)
      try file.synchronize()
    }
  }

  /// Waits until the logs are on the disk, and measures them.
  private func saveLogs() throws(RunRecordError) -> [String: Int] {
    var lengths: [String: Int] = [:]
    for name in logNames {
      let file = try FileDescriptor(opening: join(path, name), O_RDONLY, to: "save the log")
      try file.synchronize()
      lengths[name] = try file.size()
    }
    return lengths
  }

  /// Where the checkpoint of a step lies, if there is one.
  public func checkpointPath(step: Int) -> String { join(checkpoints, Checkpoint.name(step: step)) }

  private var checkpoints: String { join(path, Checkpoint.folderName) }

  /// The checkpoints' names, the earliest first.
  private func checkpointNames() throws(RunRecordError) -> [String] {
    guard FileStatus(followingLinks: checkpoints) != nil else { return [] }
    return try folderContents(checkpoints)
      .compactMap { name in Checkpoint.step(ofName: name).map { (name, $0) } }
      .sorted { $0.1 < $1.1 }
      .map(\.0)
  }

  private func remove(_ names: some Sequence<String>) throws(RunRecordError) {
    for name in names { try WorkingDirectory.remove(join(checkpoints, name)) }
  }
}
