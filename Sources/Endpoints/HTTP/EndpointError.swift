/// Why an HTTP endpoint gave no use. Each renders as a sentence, without credentials.
public enum EndpointError: Error, Sendable, Hashable {
  /// An address that cannot be used.
  case badAddress(reason: String)
  /// Another answer than success.
  case status(address: String, code: Int, body: String, attempts: Int)
  /// No connection, or one that broke.
  case unreachable(address: String, reason: String, attempts: Int)
  /// No whole answer in time.
  case timedOut(address: String, limit: Duration, attempts: Int)
  /// An answer that is no JSON.
  case notJSON(address: String, body: String)
  /// An answer that is JSON without what was asked for.
  case wrongAnswer(address: String, body: String, allowed: String)
  /// An answer of too many bytes.
  case tooLong(address: String, limit: Int)
}

extension EndpointError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .badAddress(let reason):
      "the address of the endpoint \(reason)"
    case .status(let address, let code, let body, let attempts):
      "\(address) answered with status \(code)\(Self.times(attempts)): \(Self.shown(body)); "
        + Self.advice(code)
    case .unreachable(let address, let reason, let attempts):
      "\(address) cannot be reached\(Self.times(attempts)): \(reason.oneLine(limit: 200)); "
        + "check the address, and whether the server runs"
    case .timedOut(let address, let limit, let attempts):
      "\(address) gave no whole answer within \(limit.words)\(Self.times(attempts)); "
        + "allow more time, or ask for less at once"
    case .notJSON(let address, let body):
      "\(address) answered with what is no JSON: \(Self.shown(body)); it must answer in JSON"
    case .wrongAnswer(let address, let body, let allowed):
      "\(address) answered with \(Self.shown(body)); it must answer \(allowed)"
    case .tooLong(let address, let limit):
      "\(address) answered with more than \(limit) bytes, which is the limit; ask for less at once"
    }
  }

  private static func times(_ attempts: Int) -> String {
    attempts == 1 ? "" : ", at the last of \(attempts) attempts"
  }

  private static func shown(_ body: String) -> String {
    body.allSatisfy(\.isWhitespace) ? "nothing" : "\"\(body.oneLine(limit: 200))\""
  }

  private static func advice(_ code: Int) -> String {
    switch code {
    case 401, 403: "check the token"
    case 404, 405: "check the address, and what is asked for by name"
    case 429: "ask less often"
    case 500...: "see the server's own log"
    default: "check what the server expects"
    }
  }
}
