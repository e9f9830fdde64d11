#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What can go wrong with the files that a command writes, each as a sentence with the remedy.
public enum RunRecordError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The output path is taken by something that is not a directory.
  case notADirectory(path: String)
  /// The output directory holds files and replacing them was not asked for.
  case occupied(path: String)
  /// The output directory holds files, and the command never replaces any.
  case notEmpty(path: String)
  /// The output directory holds files that Attune did not write.
  case foreignFiles(path: String, names: [String])
  /// An input of the run lies inside the directory that would be replaced.
  case holdsInput(path: String, input: String)
  /// A run should be resumed where there is none.
  case notARun(path: String)
  /// A log has lost lines that a checkpoint counts on.
  case shortened(path: String, bytes: Int, expected: Int)
  /// There are checkpoints, and none of them is whole.
  case damagedCheckpoints(path: String, damages: [String])
  /// Another process is writing this run.
  case inUse(path: String)
  /// The output file is a device, a pipe or a directory, which a rename would replace.
  case notARegularFile(path: String)
  /// A record on disk does not read as what its name promises.
  case malformed(path: String, line: Int, problem: String)
  /// The operating system refused an operation.
  case system(operation: String, path: String, reason: String)

  /// The sentence for the person at the terminal.
  public var description: String {
    switch self {
    case .notADirectory(let path):
      "\(path): is a file where a directory is needed; choose another --out"
    case .occupied(let path):
      "\(path): the directory is not empty; choose another --out, go on with the run in it with "
        + "--resume, or replace it with --overwrite"
    case .notEmpty(let path):
      "\(path): the directory is not empty; choose another --out"
    case .foreignFiles(let path, let names):
      "\(path): holds files that Attune did not write (\(Self.list(names))), "
        + "so --overwrite leaves it alone; move them away or choose another --out"
    case .holdsInput(let path, let input):
      "\(path): holds \(input), which this run reads, "
        + "so it cannot be replaced; choose another --out"
    case .notARun(let path):
      "\(path): holds files but no run (\(RunDirectory.manifestName) is missing), so there is "
        + "nothing to resume; choose the --out of the run that was interrupted"
    case .shortened(let path, let bytes, let expected):
      "\(path): has \(bytes) bytes, but had \(expected) when the checkpoint was saved; "
        + "put it back, or start again with --overwrite"
    case .damagedCheckpoints(let path, let damages):
      "\(path): no checkpoint is whole (\(damages.joined(separator: "; "))); "
        + "put the files back, or start again with --overwrite"
    case .inUse(let path):
      "\(path): another process is writing this run; wait for it or choose another --out"
    case .notARegularFile(let path):
      "\(path): is not a regular file and is left alone; choose another file name"
    case .malformed(let path, let line, let problem):
      "\(path):\(line): \(problem)"
    case .system(let operation, let path, let reason):
      "\(path): cannot \(operation): \(reason); check the path, its permissions and free space"
    }
  }

  /// The error for the system call that has just failed; read it before any other call.
  static func lastSystemError(_ operation: String, _ path: String) -> RunRecordError {
    .system(operation: operation, path: path, reason: String(cString: strerror(errno)))
  }

  /// Up to three names, then how many are left.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }
}
