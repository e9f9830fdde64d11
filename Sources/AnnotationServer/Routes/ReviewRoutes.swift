internal import AnnotationStore
internal import Foundation
internal import Hummingbird
internal import WebSupport

extension AnnotationService {
  func addReviews(to router: Router<WebContext>) {
    router.get("/review") { request, _ in
      let viewer = try await viewer(of: request, atLeast: .reviewer)
      let name = request.uri.queryParameters.get("task")
      let html = try await store { project in
        let waiting = try project.reviewQueue()
        guard let name = name ?? waiting.first else {
          return ReviewPage.nothing(viewer)
        }
        return ReviewPage(
          case: try project.reviewCase(name), settings: try project.settings(),
          waiting: waiting, viewer: viewer
        ).rendered()
      }
      return Response.page(html)
    }
    router.post("/review") { request, _ in
      let (viewer, fields) = try await change(request, atLeast: .reviewer)
      let name = try fields.one("task")
      let draft = try Draft(fields, settings: try await store { try $0.settings() })
      try await store { project in
        let count = try project.reviewCase(name).responses.count
        let answer = try draft.answer(responses: count)
        try project.rule(
          on: name, answer.verdict, reason: answer.reason, by: viewer.person, now: Date())
      }
      return Self.seeOther("/review")
    }
  }
}
