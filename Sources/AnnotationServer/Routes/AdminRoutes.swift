internal import AnnotationStore
internal import Foundation
internal import Hummingbird
internal import PreferenceData
internal import WebSupport

extension AnnotationService {
  func addAdministration(to router: Router<WebContext>) {
    router.get("/admin") { request, _ in
      try await adminPage(for: try await viewer(of: request, atLeast: .administrator))
    }
    router.post("/admin/invite") { request, _ in
      let (viewer, form) = try await change(request, atLeast: .administrator)
      guard let role = Role(rawValue: try form.one("role")) else {
        throw WebFailure.badRequest("role", "There is no such role.")
      }
      let note = try form.optional("note") ?? ""
      var random = SystemRandomNumberGenerator()
      let secret = Secret(using: &random)
      try await store { project in
        let now = Date()
        try project.invite(
          role, note: note, digest: secret.digest.text,
          expiry: now.addingTimeInterval(AnnotationService.invitationSeconds), by: viewer.person,
          now: now)
      }
      return try await adminPage(for: viewer, link: link(of: secret, in: request))
    }
    router.post("/admin/pause") { request, _ in
      let (viewer, form) = try await change(request, atLeast: .administrator)
      let (name, reason) = (try form.one("name"), try form.optional("reason") ?? "")
      try await store { project in
        try project.pause(
          try project.person(named: name), reason: reason.isEmpty ? nil : reason,
          by: viewer.person, now: Date())
      }
      return Self.seeOther("/admin")
    }
    router.post("/admin/overlap") { request, _ in
      let (viewer, form) = try await change(request, atLeast: .administrator)
      guard let overlap = Int(try form.one("overlap")) else {
        throw WebFailure.badRequest("field", "'overlap' must be a number.")
      }
      try await store { project in
        var settings = try project.settings()
        settings.overlap = overlap
        try project.change(settings, by: viewer.person, now: Date())
      }
      return Self.seeOther("/admin")
    }
    router.post("/admin/guidelines") { request, _ in
      let (viewer, form) = try await change(request, atLeast: .administrator)
      let text = try form.one("text")
      try await store { try $0.change(guidelines: text, by: viewer.person, now: Date()) }
      return Self.seeOther("/admin")
    }
    router.get("/admin/export") { request, _ in
      _ = try await viewer(of: request, atLeast: .administrator)
      guard let name = request.uri.queryParameters.get("format"),
        let format = ExportOptions.Format(rawValue: name)
      else {
        throw WebFailure.badRequest(
          "format",
          "'format' must be one of "
            + ExportOptions.Format.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      let lines = try await store { project in
        try project.export(ExportOptions(format)).rows.compactMap {
          JSONValue.object($0).text
        }.map { $0 + "\n" }.joined()
      }
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/jsonl",
          .contentDisposition: "attachment; filename=\"\(format.rawValue).jsonl\"",
        ], body: .init(byteBuffer: ByteBuffer(string: lines)))
    }
  }

  /// An invitation is good for a week.
  public static let invitationSeconds = 7.0 * 86_400

  /// The address that an invitation has for the browser that asks.
  private func link(of secret: Secret, in request: Request) -> String {
    let scheme = proxy.speaksTLS ? "https" : "http"
    return "\(scheme)://\(request.head.authority ?? address.description)/invitation/\(secret.text)"
  }

  private func adminPage(for viewer: Viewer, link: String? = nil) async throws -> Response {
    let html = try await store { project in
      AdminPage(overview: try project.overview(now: Date()), viewer: viewer, link: link).rendered()
    }
    return Response.page(html)
  }
}
