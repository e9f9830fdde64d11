public import Hummingbird

/// Refuses paths that different programs read differently.
///
/// Dot segments, slashes and backslashes that are hidden in percent signs, control characters and
/// empty segments have no use here; a proxy's rules and the router's could disagree about them.
public struct PathGuard<Context: RequestContext>: RouterMiddleware {
  /// The middleware.
  public init() {}

  /// Passes a request on, or refuses it.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - context: Its context.
  ///   - next: What follows.
  /// - Returns: The answer.
  /// - Throws: ``WebFailure`` with status 400, and what follows throws.
  public func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard PathRule.allows(request.head.path ?? "") else {
      throw WebFailure.badRequest("path", "The address has a form that is not used here.")
    }
    return try await next(request, context)
  }
}

/// The rule of ``PathGuard``.
enum PathRule {
  static func allows(_ target: String) -> Bool {
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
    guard path.first == UInt8(ascii: "/") else { return false }
    var segment: [UInt8] = []
    var rest = path.dropFirst()
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "/"):
        guard isName(segment) else { return false }
        segment = []
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst()?.hexadecimalValue,
          let low = rest.popFirst()?.hexadecimalValue
        else { return false }
        let decoded = high << 4 | low
        guard decoded != UInt8(ascii: "/"), isPlain(decoded) else { return false }
        segment.append(decoded)
      case let byte where isPlain(byte): segment.append(byte)
      default: return false
      }
    }
    // The path may end in a slash.
    return (segment.isEmpty || isName(segment)) && String(validating: segment, as: UTF8.self) != nil
  }

  private static func isName(_ segment: [UInt8]) -> Bool {
    !segment.isEmpty && segment != Array(".".utf8) && segment != Array("..".utf8)
      && String(validating: segment, as: UTF8.self) != nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x1F && byte != 0x7F && byte != UInt8(ascii: "\\")
  }
}
