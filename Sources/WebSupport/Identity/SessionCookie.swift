public import HTTPTypes

/// The cookie that holds a session's secret.
///
/// It is `HttpOnly`: no script reads it. It is `SameSite=Strict`: no request that another site starts
/// carries it, not even a link that is followed. `Lax` would send it along with such links, and then
/// whatever a GET does, or shows, is open to whoever gets a person to click. The price of `Strict` is
/// small: an invitation in a mail carries its own secret in its address and needs no cookie (its page
/// must not use the secret up before the form on it is sent, since mail programs open links ahead of
/// people); the cookie is then set in answer to that form, which is same-site. Only who follows a
/// link to an inner page from elsewhere meets the sign-in page, which sees the cookie after one
/// click.
///
/// Behind TLS it is `Secure` and its name begins with `__Host-`, which browsers accept only with
/// `Secure`, `Path=/` and without `Domain`: no other host of the domain can plant one. Cookies do
/// not tell ports apart, so two servers on one host need two names.
public struct SessionCookie: Sendable {
  /// The cookie's name.
  public let name: String
  /// Seconds after which browsers forget it; the server's own record says when the session ends.
  public let lifetime: Int
  private let isSecure: Bool

  /// A cookie.
  ///
  /// - Parameters:
  ///   - name: Letters, digits, `_` and `-`.
  ///   - lifetime: Seconds after which browsers forget it, at least 1.
  ///   - proxy: What stands in front of the server.
  public init(name: String = "attune_session", lifetime: Int, proxy: ReverseProxy) {
    precondition(lifetime > 0, "a cookie that lives \(lifetime) seconds")
    precondition(
      !name.isEmpty
        && name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F || $0 == 0x2D },
      "a cookie named \(name)")
    isSecure = proxy.speaksTLS
    self.name = isSecure ? "__Host-\(name)" : name
    self.lifetime = lifetime
  }

  /// The value of `Set-Cookie` that gives a browser the secret.
  ///
  /// - Parameter secret: The session's secret.
  /// - Returns: Name, value and attributes.
  public func setting(_ secret: Secret) -> String { field(secret.text, seconds: lifetime) }

  /// The value of `Set-Cookie` that takes the secret away again.
  public var removal: String { field("", seconds: 0) }

  /// The secret that a request shows.
  ///
  /// - Parameter headers: The request's header.
  /// - Returns: nil where there is none, it has not the form of one, or there are several: one of
  ///   them was planted, and which is unknown.
  public func secret(in headers: HTTPFields) -> Secret? {
    var values: [Substring] = []
    for field in headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].trimmingBlanks() == name else { continue }
        values.append(parts[1].trimmingBlanks())
      }
    }
    guard values.count == 1 else { return nil }
    return Secret(text: values[0])
  }

  private func field(_ value: String, seconds: Int) -> String {
    "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
      + (isSecure ? "; Secure" : "")
  }
}
