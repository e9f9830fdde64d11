/// Why a studio cannot work in a directory, as a sentence.
public enum StudioDirectoryError: Error, Sendable, Hashable {
  /// The directory holds something else.
  case occupied(path: String)
  /// The directory holds a studio whose model was made with another seed.
  case otherSeed(path: String, seed: String)
}

extension StudioDirectoryError: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .occupied(let path):
      "\(path): the directory holds something that is no studio; choose another --out"
    case .otherSeed(let path, let seed):
      "\(path): holds a studio whose model was made with --seed \(seed); repeat it, or choose another --out"
    }
  }
}
