/// What to do about a run that already lies at the output path.
public enum ExistingRun: Sendable {
  /// Leave it alone and stop.
  case refuse
  /// Replace the files that Attune wrote, once the new run starts.
  case overwrite
  /// Go on with it from its last checkpoint; where there is none, start.
  case resume
}

/// A place for a run directory that was found usable; nothing is on the disk yet.
///
/// A command makes this value before it loads a model, so that a bad `--out` costs a moment and not
/// an hour. ``RunDirectory/init(at:manifest:)`` makes the directory when training starts, so that a
/// command which fails earlier leaves nothing behind.
public struct RunDestination: Equatable, Sendable {
  /// The path of the directory as it was given.
  public let path: String
  /// What may be done about a run that lies there.
  public let existing: ExistingRun
  private let inputs: [String]

  /// Checks that a run can be written at `path`.
  ///
  /// - Parameters:
  ///   - path: The directory; it may be missing, and so may the folders above it.
  ///   - existing: What to do about a run that lies there.
  ///   - inputs: Files and directories that the run reads. None may lie in a replaced directory.
  /// - Throws: ``RunRecordError`` with what is in the way.
  public init(
    path: String, existing: ExistingRun = .refuse, inputs: [String] = []
  ) throws(RunRecordError) {
    self.path = path
    self.existing = existing
    self.inputs = inputs
    _ = try replaceableFiles()
  }

  /// Whether there is a run to go on with.
  public var holdsRun: Bool {
    existing == .resume && FileStatus(followingLinks: join(path, RunDirectory.manifestName)) != nil
  }

  /// Looks at the place as it is now.
  ///
  /// - Returns: The names of the files that a new run replaces; empty for a new or empty directory.
  func replaceableFiles() throws(RunRecordError) -> [String] {
    guard let status = FileStatus(followingLinks: path) else {
      try checkCanMakeFolder(path)
      return []
    }
    guard status.isDirectory else { throw .notADirectory(path: path) }
    try checkWritable(path)
    let names = try folderContents(path)
    if names.isEmpty { return [] }
    switch existing {
    case .refuse: throw .occupied(path: path)
    case .overwrite: return try namesWrittenByAttune(among: names)
    case .resume:
      if holdsRun { return [] }
      // What a process leaves that was killed before it wrote the manifest.
      guard names.allSatisfy(TemporaryName.matches) else { throw .notARun(path: path) }
      return names
    }
  }

  /// All of `names`, if each was written by Attune and none is an input of this run.
  private func namesWrittenByAttune(among names: [String]) throws(RunRecordError) -> [String] {
    let ours: Set<String>
    if names.contains(RunDirectory.manifestName) {
      ours = Set(try RunManifest(ofRunAt: path).files)
        .union([RunDirectory.manifestName, RunDirectory.reportName])
    } else {
      ours = []
    }
    let checkpoints = join(path, Checkpoint.folderName)
    let foreignInside =
      names.contains(Checkpoint.folderName)
      ? try folderContents(checkpoints).filter {
        Checkpoint.step(ofName: $0) == nil && !TemporaryName.matches($0)
      }.map { join(Checkpoint.folderName, $0) } : []
    let foreign =
      names.filter { !ours.contains($0) && !TemporaryName.matches($0) } + foreignInside
    guard foreign.isEmpty else { throw .foreignFiles(path: path, names: foreign) }

    let folder = resolvedPath(path)
    let held = inputs.first { input in
      let input = resolvedPath(input)
      return input == folder || input.hasPrefix(join(folder, ""))
    }
    if let held { throw .holdsInput(path: path, input: held) }
    return names
  }
}
