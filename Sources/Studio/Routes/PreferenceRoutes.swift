internal import Hummingbird
internal import WebSupport

extension StudioService {
  func addPreferences(to router: Router<WebContext>) {
    router.get("/preferences") { request, _ in
      let (secret, setting) = visitor(of: request)
      let page = try preferences(of: secret)
      return self.page(page.rendered(CSRFToken(session: secret)), setting: setting)
    }
    router.post("/preferences/choose") { request, _ in
      let (secret, form) = try await change(request)
      let (number, side) = try form.choice()
      return try await changed(secret) { state, school in
        if let side {
          try state.choose(side, of: number, school: school)
        } else {
          try state.skip(number)
        }
      }
    }
    router.post("/preferences/simulate") { request, _ in
      let (secret, form) = try await change(request)
      let count = try form.count(among: PreferencePage.simulatedCounts)
      return try await changed(secret) { try $0.simulate(count, school: $1) }
    }
    router.post("/preferences/restart") { request, _ in
      let (secret, _) = try await change(request)
      let draw = try sessions.with(secret) { $0.nextDraw() }
      return try await changed(secret) { $0.startAnew(seed: draw, school: $1) }
    }
  }

  private func preferences(of secret: Secret) throws -> PreferencePage {
    PreferencePage(
      state: try sessions.with(secret) { $0.preferences }, school: sessions.school)
  }

  private func changed(
    _ secret: Secret,
    _ change: @escaping @Sendable (inout PreferenceState, PreferenceSchool) throws -> Void
  ) async throws -> Response {
    let school = sessions.school
    try await aside {
      try sessions.with(secret) { try change(&$0.preferences, school) }
    }
    let page = try preferences(of: secret)
    return reply([.fragment(page.choose), .fragment(page.learned)])
  }
}

extension FormFields {
  /// Which pair was decided how; no side for neither.
  func choice() throws(WebFailure) -> (number: Int, side: AnswerSide?) {
    guard let number = Int(try one("pair")) else {
      throw .badRequest("pair", "'pair' must be a whole number.")
    }
    let text = try one("side")
    if text == "skip" { return (number, nil) }
    guard let side = AnswerSide(rawValue: text) else {
      throw .badRequest("side", "'side' must be a, b or skip.")
    }
    return (number, side)
  }

  /// How many choices others are to make.
  func count(among allowed: [Int]) throws(WebFailure) -> Int {
    guard let count = Int(try one("count")), allowed.contains(count) else {
      let words = allowed.map(String.init).joined(separator: " or ")
      throw .badRequest("count", "'count' must be \(words).")
    }
    return count
  }
}
