/// Why a server cannot listen, as a sentence.
public enum ListenError: Error, Sendable, Hashable {
  /// A text that is no address.
  case notAnAddress(String)
  /// An address of IPv6 that is not told from its port.
  case withoutBrackets(String)
  /// A port that is none.
  case badPort(String, port: String)
  /// Another program listens there.
  case inUse(ListenAddress)
  /// The system does not let this user listen there.
  case notPermitted(ListenAddress)
  /// No interface of this machine has that address.
  case notHere(ListenAddress)
  /// A name without an address.
  case unknownHost(ListenAddress)
  /// Whatever else the system says.
  case failed(ListenAddress, reason: String)
}

extension ListenError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .notAnAddress(let text):
      "'\(text)' is no address to listen on; it must have the form 127.0.0.1:8765 or [::1]:8765"
    case .withoutBrackets(let text):
      "'\(text)' has several colons; write an address of IPv6 in brackets, as in [::1]:8765"
    case .badPort(let text, let port):
      "'\(text)' has the port '\(port)', but must have one from 0 to 65535 (0 takes any free one)"
    case .inUse(let address):
      "another program listens on \(address); stop it, or choose another port (0 takes any free one)"
    case .notPermitted(let address):
      "the system does not let this user listen on \(address); choose a port from 1024 on"
    case .notHere(let address):
      "no interface of this machine has the address \(address.host); choose 127.0.0.1, or 0.0.0.0 for all"
    case .unknownHost(let address):
      "the name '\(address.host)' has no address; choose 127.0.0.1, or 0.0.0.0 for all interfaces"
    case .failed(let address, let reason):
      "cannot listen on \(address): \(reason)"
    }
  }
}
