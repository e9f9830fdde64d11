internal import CTorch

/// What the engine could not do, as a sentence.
public enum EngineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// LibTorch refused an operation: the shapes do not fit, or memory ran out.
  case operation(String)
  /// A sequence has more tokens than the model has learned positions for.
  case positions(tokens: Int, limit: Int)
  /// A weight file is missing, damaged or of another kind.
  case file(path: String, problem: String)

  /// The sentence for the person at the terminal.
  public var description: String {
    switch self {
    case .operation(let message): "LibTorch: \(message)"
    case .positions(let tokens, let limit):
      "a sequence of \(tokens) tokens is longer than the \(limit) positions that the model has "
        + "learned; cut it to \(limit) or fewer, in training and scoring by max_length"
    case .file(let path, let problem): "\(path): \(problem)"
    }
  }
}

/// Throws what a call through the C boundary reported.
func check(_ status: ct_status) throws(EngineError) {
  guard status.code != 0 else { return }
  defer { ct_message_free(status.message) }
  throw .operation(status.message.map { String(cString: $0) } ?? "no message")
}

/// The tensor that a call hands out, or the error that it reports.
func received(
  _ call: (UnsafeMutablePointer<ct_tensor?>) -> ct_status
) throws(EngineError) -> Tensor {
  var handle: ct_tensor?
  try check(call(&handle))
  guard let handle else { preconditionFailure("a successful call hands out its tensor") }
  return Tensor(owning: handle)
}
