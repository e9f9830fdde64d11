/// Why a model cannot oversee, as a sentence.
public enum OversightError: Error, Sendable, Hashable {
  /// The model has criticised nothing.
  case silentCritic(requests: Int)
  /// The model has reasoned about nothing.
  case silentReasoner(requests: Int)
}

extension OversightError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .silentCritic(let requests):
      "the model wrote no critique in answer to \(requests) requests; a model that was not trained to "
        + "criticise needs examples in the constitution (revision_examples), or is too small: try another"
    case .silentReasoner(let requests):
      "the model wrote no reasoning in answer to \(requests) questions; leave reasoning out, or try "
        + "another model"
    }
  }
}
