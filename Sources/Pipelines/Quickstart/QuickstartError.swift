/// Why a quickstart cannot start or go on. Each case renders as a sentence that says what to do.
public enum QuickstartError: Error, Equatable, Sendable {
  /// The directory holds something else.
  case occupied(path: String)
  /// The directory holds a quickstart of another recipe.
  case otherRecipe(path: String, size: QuickstartRecipe.Size, seed: UInt64)
  /// The record of what was done cannot be read.
  case broken(path: String)
  /// The observer asked to stop.
  case stopped(QuickstartStage)
}

extension QuickstartError: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .occupied(let path):
      "\(path): the directory holds something that is no quickstart; choose another --out"
    case .otherRecipe(let path, let size, let seed):
      "\(path): holds a quickstart \(size == .quick ? "with" : "without") --quick and with --seed \(seed); "
        + "repeat these, choose another --out, or replace it with --overwrite"
    case .broken(let path):
      "\(path): cannot be read; start anew with --overwrite"
    case .stopped(let stage):
      "stopped during \(stage.title); the same command goes on from there"
    }
  }
}
