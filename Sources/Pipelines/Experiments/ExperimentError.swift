/// Why an experiment cannot start or go on. Each case renders as a sentence that says what to do.
public enum ExperimentError: Error, Equatable, Sendable {
  /// The directory holds measurements of something else.
  case other(path: String, experiment: String, size: ExperimentSize, seed: UInt64)
  /// The measurements cannot be read.
  case broken(path: String, line: Int)
  /// The directory holds something that is no experiment.
  case occupied(path: String)
  /// The observer asked to stop.
  case stopped(part: String)
}

extension ExperimentError: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .other(let path, let experiment, let size, let seed):
      "\(path): holds the experiment \(experiment) \(size == .quick ? "with" : "without") --quick and with "
        + "--seed \(seed); repeat these, or choose another --out"
    case .broken(let path, let line):
      "\(path):\(line): is no line of an experiment; remove the file to measure anew"
    case .occupied(let path):
      "\(path): the directory holds something that is no experiment; choose another --out"
    case .stopped(let part): "stopped during \(part); the same command goes on from there"
    }
  }
}
