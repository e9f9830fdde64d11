/// What is wrong with a model directory, as a sentence.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `config.json` cannot be read or describes what Attune does not compute.
  case configuration(path: String, problem: String)
  /// The weights do not fit `config.json`.
  case weights(path: String, problem: String)

  /// The sentence for the person at the terminal.
  public var description: String {
    switch self {
    case .configuration(let path, let problem), .weights(let path, let problem):
      "\(path): \(problem)"
    }
  }
}
