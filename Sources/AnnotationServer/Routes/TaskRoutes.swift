internal import AnnotationStore
internal import Foundation
internal import Hummingbird
internal import Reports
internal import WebSupport

extension AnnotationService {
  func addTasks(to router: Router<WebContext>) {
    router.get("/task") { request, _ in
      do {
        return try await taskPage(for: try await viewer(of: request))
      } catch let failure as WebFailure where failure.status == .unauthorized {
        return Self.seeOther("/sign-in")
      }
    }
    router.post("/task") { request, _ in
      let (viewer, fields) = try await change(request)
      let token = try fields.one("token")
      let draft = try Draft(fields, settings: try await store { try $0.settings() })
      do {
        try await give(draft, token: token, by: viewer)
        return Self.seeOther("/task")
      } catch let failure as WebFailure where failure.code == "answer" {
        return try await taskPage(
          for: viewer, form: (token, draft), problem: failure.message, status: failure.status)
      }
    }
    router.post("/task/draft") { request, _ in
      let (viewer, fields) = try await change(request)
      let token = try fields.one("token")
      try await store { project in
        let draft = try Draft(fields, settings: try project.settings())
        try project.save(draft, token: token, of: viewer.person, now: Date())
      }
      return Response(status: .noContent)
    }
    router.post("/task/skip") { request, _ in
      let (viewer, form) = try await change(request)
      let (token, reason) = (try form.one("token"), try form.one("reason"))
      try await store {
        try $0.skip(token: token, reason: reason, by: viewer.person, now: Date())
      }
      return Self.seeOther("/task")
    }
    router.post("/task/flag") { request, _ in
      let (viewer, form) = try await change(request)
      let (token, reason) = (try form.one("token"), try form.one("reason"))
      try await store {
        try $0.flag(token: token, reason: reason, by: viewer.person, now: Date())
      }
      return Self.seeOther("/task")
    }
    router.post("/undo") { request, _ in
      let (viewer, _) = try await change(request)
      try await store { try $0.undo(by: viewer.person, now: Date()) }
      return Self.seeOther("/task")
    }
    router.get("/guidelines") { request, _ in
      let viewer = try await viewer(of: request)
      let (guidelines, criteria) = try await store {
        (try $0.guidelines(), try $0.settings().criteria)
      }
      return Response.page(GuidelinesPage.rendered(guidelines, criteria, viewer))
    }
  }

  /// Takes an answer that may not be complete.
  @discardableResult
  func give(_ draft: Draft, token: String, by viewer: Viewer) async throws -> JudgmentOutcome {
    try await store { project in
      let responses = try project.responseCount(token: token, of: viewer.person)
      return try project.give(
        draft.answer(responses: responses), token: token, by: viewer.person, now: Date())
    }
  }

  private func taskPage(
    for viewer: Viewer, form: (token: String, draft: Draft)? = nil, problem: String? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let html = try await store { project in
      let given = try project.judgmentCount(of: viewer.person)
      do {
        guard let next = try project.nextAssignment(for: viewer.person, now: Date()) else {
          return IdlePage.rendered(viewer, given: given, pauseReason: nil)
        }
        let isSame = form?.token == next.token
        return TaskPage(
          assignment: next, settings: try project.settings(), viewer: viewer, given: given,
          draft: (isSame ? form?.draft : nil) ?? next.draft ?? Draft(), problem: problem
        ).rendered()
      } catch AnnotationError.paused(let reason) {
        return IdlePage.rendered(viewer, given: given, pauseReason: reason)
      }
    }
    return Response.page(html, status: status)
  }
}

/// What annotators are told.
enum GuidelinesPage {
  static func rendered(
    _ guidelines: Guidelines, _ criteria: [Criterion], _ viewer: Viewer
  ) -> String {
    let described = criteria.filter { !$0.guidance.isEmpty }
    let list = Markup.element(
      "dl", [:],
      described.flatMap { criterion in
        [
          Markup.element("dt", [:], .element("strong", [:], .text(criterion.name))),
          .element("dd", [:], .text(criterion.guidance)),
        ]
      })
    return PageFrame(title: "Guidelines", viewer: viewer, place: .guidelines).rendered(
      .element("h1", [:], .text("Guidelines")),
      .element(
        "p", ["class": "hint"],
        .text(
          "Version \(guidelines.version), of \(guidelines.createdAt.formatted(.iso8601.year().month().day()))"
        )),
      .element("div", ["class": "guidelines"], MarkdownText.markup(of: guidelines.text)),
      described.isEmpty
        ? .empty : .element("h2", [:], .text("What answers are rated by")) + list)
  }
}
