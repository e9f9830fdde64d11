internal import Reports

/// Where one shows the key of the administration.
public struct EntrancePage: Sendable {
  /// What was wrong with the last try; `nil` for nothing.
  public var problem: String?

  /// The page.
  ///
  /// - Parameter problem: What was wrong with the last try.
  public init(problem: String? = nil) { self.problem = problem }

  /// Where its form is sent.
  public static let path = "/sign-in"
  /// The name of the field with the key.
  public static let keyField = "key"

  /// The page as a document.
  ///
  /// - Returns: HTML.
  public func rendered() -> String {
    AdminFrame(title: "Administration").rendered([
      .element("h1", [:], .text("Administration")),
      problem.map {
        .element("p", ["class": "note tone-alarming", "role": "alert"], .text($0))
      } ?? .empty,
      PageForm(action: Self.path, className: "entrance").markup([
        PageForm.field(
          "Key", name: Self.keyField, type: "password", autocomplete: "current-password",
          hint: "It was shown when the server was set up."),
        .element("button", ["type": "submit"], .text("Enter")),
      ]),
    ])
  }

  /// A page that says what could not be done.
  ///
  /// - Parameters:
  ///   - title: A few words, such as the status.
  ///   - message: A sentence.
  /// - Returns: HTML.
  public static func failure(title: String, message: String) -> String {
    AdminFrame(title: title).rendered([
      .element("h1", [:], .text("That did not work")),
      .element("p", [:], .text(message)),
      .element("p", [:], .element("a", ["href": "/"], .text("To the beginning"))),
    ])
  }
}
