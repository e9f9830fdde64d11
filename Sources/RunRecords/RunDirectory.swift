#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory that a run is being written into.
///
/// While the run goes on it holds `run.json`, `attune.yaml`, the growing `metrics.jsonl` and
/// `events.out.tfevents.*`, and `checkpoints/`; the model appears at its root when it is complete. A
/// file that does not grow is written under a temporary name and renamed. Each name is entered in
/// `run.json` before the file exists, so whatever moment a run is killed at, `--overwrite` knows
/// what it may replace.
///
/// The directory is locked for as long as this value lives: two processes never write one run.
public final class RunDirectory: Sendable {
  /// The path of the directory.
  public let path: String
  private let state: Mutex<RunManifest>
  private let lock: DirectoryLock

  /// The name of the manifest: where it is, there is a run.
  package static let manifestName = "run.json"
  /// The name of the resolved configuration.
  package static let configurationName = "attune.yaml"
  /// The name of the page about the run. A run owns a page of that name, whoever has put it there.
  package static let reportName = "report.html"

  /// Makes the directory, or empties the one that is replaced, and writes its manifest.
  ///
  /// The place is looked at once more, for it may have changed since it was checked. When this
  /// fails, the folders it made are gone again.
  ///
  /// - Parameters:
  ///   - destination: The checked place.
  ///   - manifest: Where the run comes from.
  /// - Throws: ``RunRecordError`` with what is in the way.
  public init(
    at destination: RunDestination, manifest: RunManifest
  ) throws(RunRecordError) {
    _ = try destination.replaceableFiles()
    let made = try makeFolders(destination.path)
    do throws(RunRecordError) {
      let lock = try DirectoryLock(destination.path)
      // Only with the lock held is what is seen here also what will be replaced.
      let replaced = try destination.replaceableFiles()
      try Self.remove(replaced.filter { $0 != Self.manifestName }, in: destination.path)
      try Self.write(manifest, in: destination.path)
      self.path = destination.path
      self.state = Mutex(manifest)
      self.lock = lock
    } catch {
      removeFolders(made)
      throw error
    }
  }

  /// Opens a run that is to be resumed, and removes what a killed process left half written.
  ///
  /// - Parameter destination: A place that ``RunDestination/holdsRun``.
  /// - Throws: ``RunRecordError`` if another process is writing the run, or it has no manifest.
  public init(resuming destination: RunDestination) throws(RunRecordError) {
    lock = try DirectoryLock(destination.path)
    state = Mutex(try RunManifest(ofRunAt: destination.path))
    path = destination.path
    // All folders of a run are entered in its manifest.
    for folder in [path] + manifest.files.map({ join(path, $0) })
    where FileStatus(followingLinks: folder)?.isDirectory == true {
      try WorkingDirectory.removeLeftovers(in: folder)
    }
  }

  /// What `run.json` says now.
  public var manifest: RunManifest { state.withLock { $0 } }

  /// Writes a small file whole.
  ///
  /// - Parameters:
  ///   - text: Its contents.
  ///   - name: Its name in the directory, for instance `attune.yaml`.
  /// - Throws: ``RunRecordError`` if the disk does not take it.
  public func write(_ text: String, to name: String) throws(RunRecordError) {
    try enter([name])
    try AtomicFile.write(text, to: join(path, name))
  }

  /// Writes a small file whole into a folder of the directory, which is made if it is not there.
  ///
  /// - Parameters:
  ///   - text: Its contents.
  ///   - name: Its name in the folder; one that is there is replaced.
  ///   - folder: The folder's name in the directory, for instance `evaluations`.
  /// - Throws: ``RunRecordError`` if the disk does not take it.
  public func write(_ text: String, to name: String, in folder: String) throws(RunRecordError) {
    try enter([folder])
    _ = try makeFolders(join(path, folder))
    try AtomicFile.write(text, to: join(join(path, folder), name))
  }

  /// Opens `metrics.jsonl`, at its end.
  public func openMetricsLog() throws(RunRecordError) -> MetricsLog {
    try enter([MetricsLog.fileName])
    return try MetricsLog(path: join(path, MetricsLog.fileName))
  }

  /// Opens `completions.jsonl`, at its end.
  public func openCompletionsLog() throws(RunRecordError) -> CompletionsLog {
    try enter([CompletionsLog.fileName])
    return try CompletionsLog(path: join(path, CompletionsLog.fileName))
  }

  /// Opens the file that TensorBoard reads: the one that a resumed run has, at its end, or a new one.
  ///
  /// - Parameter wallTime: The present moment in seconds since 1970.
  /// - Returns: The log, with the format's version record in it.
  /// - Throws: ``RunRecordError`` if the disk does not take it.
  public func openTensorBoardEvents(wallTime: Double) throws(RunRecordError) -> TensorBoardEvents {
    let earlier = logNames.last(where: TensorBoardEvents.isFileName)
    let name = earlier ?? TensorBoardEvents.fileName(wallTime: wallTime)
    try enter([name])
    return try TensorBoardEvents(path: join(path, name), wallTime: wallTime)
  }

  /// Adds several files that appear together, for instance a model.
  ///
  /// - Parameter writeFiles: Writes the files, under their final names, into the folder whose path
  ///   it is given. When it throws, that folder is removed and the run directory is as it was.
  /// - Throws: What `writeFiles` throws, or ``RunRecordError`` if the disk does not take the files.
  public func install(_ writeFiles: (_ folder: String) throws -> Void) throws {
    let staging = try StagingFolder(inside: path)
    try writeFiles(staging.path)
    try enter(staging.names())
    try staging.commit()
  }

  /// Changes what `run.json` says.
  ///
  /// - Parameter change: Changes the manifest.
  /// - Throws: ``RunRecordError`` if the disk does not take it; then it says what it said before.
  public func amend(_ change: (inout RunManifest) -> Void) throws(RunRecordError) {
    try state.withLock { manifest throws(RunRecordError) in
      var changed = manifest
      change(&changed)
      guard changed != manifest else { return }
      try Self.write(changed, in: path)
      manifest = changed
    }
  }

  /// The names of the logs: files that grow as the run goes on.
  var logNames: [String] {
    let lines = [MetricsLog.fileName, CompletionsLog.fileName]
    return manifest.files.filter { lines.contains($0) || TensorBoardEvents.isFileName($0) }
  }

  /// Enters names in the manifest before the files exist.
  func enter(_ names: [String]) throws(RunRecordError) {
    try amend { $0.files = Set($0.files).union(names).sorted() }
  }

  private static func write(_ manifest: RunManifest, in folder: String) throws(RunRecordError) {
    try AtomicFile.write(manifest.encoded(), to: join(folder, manifestName))
  }

  private static func remove(_ names: [String], in folder: String) throws(RunRecordError) {
    for name in names {
      do {
        try FileManager.default.removeItem(atPath: join(folder, name))
      } catch {
        throw .system(
          operation: "replace the file", path: join(folder, name), reason: "\(error)")
      }
    }
  }
}
