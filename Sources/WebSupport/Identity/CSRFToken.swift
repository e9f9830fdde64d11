internal import Crypto
public import HTTPTypes

/// Proof that a form came from this server's own page for this very session.
///
/// token = HMAC-SHA256(key: the session's secret, "attune csrf"), so nothing is stored, another
/// session's token is worth nothing, and the token does not give the secret away.
public struct CSRFToken: Sendable {
  /// The name of the form field that holds it.
  public static let fieldName = "csrf_token"
  /// The name of the header that holds it where there is no form.
  public static let headerName: HTTPField.Name = .known("X-CSRF-Token")

  private let bytes: [UInt8]

  /// The token of a session.
  ///
  /// - Parameter session: The session's secret.
  public init(session: Secret) {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("attune csrf".utf8), using: SymmetricKey(data: session.bytes))
    bytes = Array(code)
  }

  /// The token as base64url, for a page of this session and nowhere else.
  public var text: String { Base64URL.text(of: bytes) }

  /// Compares in constant time.
  ///
  /// - Parameter given: What a request shows.
  /// - Returns: Whether it is this token.
  public func matches(_ given: String) -> Bool {
    guard let given = Base64URL.bytes(of: given) else { return false }
    return ConstantTime.equal(given, bytes)
  }

  /// Refuses a request that shows no token, or another.
  ///
  /// - Parameters:
  ///   - form: The request's form, if it has one.
  ///   - headers: Its header, where scripts put the token.
  /// - Throws: ``WebFailure`` with status 403.
  public func check(form: FormFields?, headers: HTTPFields) throws(WebFailure) {
    let given = form?.all(Self.fieldName) ?? []
    let shown = given + headers[values: Self.headerName]
    guard shown.count == 1, matches(shown[0]) else {
      throw WebFailure(
        .forbidden, code: "csrf",
        "This page is from an earlier session, so nothing was saved. Reload it and try again.")
    }
  }
}

extension CSRFToken: Redacted {}
