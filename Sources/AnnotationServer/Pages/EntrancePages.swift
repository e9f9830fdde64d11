internal import HTTPTypes
internal import AnnotationStore
internal import Reports
internal import WebSupport

/// The pages for those whom the server does not know yet.
enum EntrancePages {
  /// Where one signs in.
  static func signIn(name: String = "", problem: String? = nil) -> String {
    PageFrame(title: "Sign in").rendered(
      .element("h1", [:], .text("Sign in")), Self.problem(problem),
      Form(action: "/sign-in", className: "entrance").markup(
        PageForm.field(
          "Name", name: "name", autocomplete: "username", value: name.isEmpty ? nil : name),
        PageForm.field(
          "Password", name: "password", type: "password", autocomplete: "current-password"),
        .element("button", ["type": "submit"], .text("Sign in"))),
      .element(
        "p", ["class": "hint"],
        .text("No account? Whoever runs the project can send an invitation.")))
  }

  /// Where one makes an account with an invitation.
  static func invitation(
    _ secret: Secret, role: Role, name: String = "", problem: String? = nil
  ) -> String {
    PageFrame(title: "Invitation").rendered(
      .element("h1", [:], .text("You are invited")),
      .element(
        "p", [:],
        .text(
          "as \(role == .reviewer ? "a" : "an") \(role.rawValue). The invitation can be used once."
        )),
      Self.problem(problem),
      Form(action: "/invitation/\(secret.text)", className: "entrance").markup(
        PageForm.field(
          "Your name here", name: "name", autocomplete: "username",
          hint: "It is seen by reviewers and administrators.", value: name.isEmpty ? nil : name),
        PageForm.field(
          "A password", name: "password", type: "password", autocomplete: "new-password",
          hint: "At least \(PasswordRule.fewest) characters."),
        .element("button", ["type": "submit"], .text("Join"))))
  }

  /// What could not be done.
  static func failure(_ failure: WebFailure) -> String {
    PageFrame(title: "\(failure.status.code)").rendered(
      .element("h1", [:], .text("That did not work")),
      .element("p", [:], .text(failure.message)),
      .element("p", [:], .element("a", ["href": "/"], .text("To the beginning"))))
  }

  static func problem(_ text: String?) -> Markup {
    text.map { .element("p", ["class": "note tone-alarming", "role": "alert"], .text($0)) }
      ?? .empty
  }
}
