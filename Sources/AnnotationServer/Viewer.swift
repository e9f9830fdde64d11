internal import AnnotationStore
internal import WebSupport

/// Somebody who has signed in, by the session of a request.
struct Viewer: Sendable {
  let person: Person
  let session: Secret

  /// What forms carry, so that no other site can send them.
  var token: CSRFToken { CSRFToken(session: session) }
}
