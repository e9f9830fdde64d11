internal import AnnotationStore
internal import Foundation
internal import Hummingbird
internal import Monitoring
internal import PreferenceData

/// What users say about answers.
extension ModelService {
  func addFeedback(to router: Router<ModelContext>) {
    router.post("/v1/feedback") { request, context in
      let store = try openStore()
      let lease = try allowances.admit(key(context), tokens: 0, at: .now)
      defer { lease.end(used: 0) }
      let wanted = try FeedbackRequest(try await object(of: request), limits: settings.limits)
      let feedback = Feedback(
        wanted, by: key(context).name, store: store, assumesConsent: settings.assumesConsent)
      do {
        let (receipt, response) = try await store.give(feedback)
        if receipt == .new { note(feedback, about: response) }
        return Self.json(
          #"{"object": "feedback", "response_id": \#(quoted(feedback.response)), "#
            + #""name": \#(quoted(feedback.name)), "identifier": \#(quoted(feedback.identifier)), "#
            + #""receipt": "\#(receipt.rawValue)"}"#)
      } catch let error as FeedbackError {
        throw Self.told(error)
      }
    }
    router.delete("/v1/feedback") { request, context in
      let store = try openStore()
      let lease = try allowances.admit(key(context), tokens: 0, at: .now)
      defer { lease.end(used: 0) }
      let wanted = try WithdrawalRequest(try await object(of: request), limits: settings.limits)
      do {
        try await store.withdraw(
          response: wanted.response, name: wanted.name,
          identifier: wanted.identifier ?? key(context).name, now: Date())
      } catch let error as FeedbackError {
        throw Self.told(error)
      }
      return Response(status: .noContent)
    }
  }

  private func openStore() throws(RequestProblem) -> ResponseStore {
    guard let store else { throw .keepsNothing }
    return store
  }

  /// Counts feedback, and tells the canary of what is bad.
  private func note(_ feedback: Feedback, about response: ServedResponse?) {
    let sign = (feedback.score ?? 0).sign(around: 0)
    metrics.counter(.feedback, ["arm": response?.arm ?? "none", "label": sign]).increment()
    guard let desk, let score = feedback.score, score < 0,
      let exposure = response?.exposure.flatMap({
        try? JSONDecoder().decode(CanaryExposure.self, from: Data($0.utf8))
      })
    else { return }
    desk.record(CanaryEvent(.negativeFeedback, of: exposure), at: Date())
  }

  /// What the store refuses, as a problem of the request; what is wrong with the store itself stays what it is, and
  /// is logged.
  private static func told(_ error: FeedbackError) -> any Error {
    let sentence = error.description
    let message = sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
    switch error {
    case .unknownResponse, .noFeedback:
      return RequestProblem(.notFound, .notFound, message, code: "not_found")
    case .missing, .foreign, .newer, .unopenable: return error
    default: return RequestProblem.invalid(nil, message)
    }
  }

  private func quoted(_ text: String) -> String { JSONValue.string(text).wireText }
}

extension Double {
  fileprivate func sign(around zero: Double) -> String {
    if self > zero { return "positive" }
    return self < zero ? "negative" : "neutral"
  }
}

extension Feedback {
  /// The feedback of a request.
  fileprivate init(
    _ request: FeedbackRequest, by key: String, store: ResponseStore, assumesConsent: Bool
  ) {
    var (rating, label): (Double?, String?) = (nil, nil)
    switch request.verdict {
    case .rating(let value): rating = value
    case .label(let value): label = value
    case nil: break
    }
    self.init(
      response: request.response, name: request.name ?? Self.name(of: request),
      // Who speaks for himself is kept apart from others who share a key.
      identifier: request.identifier ?? request.user.map(store.hash) ?? key, rating: rating,
      label: label, preferredID: request.preferred, comment: request.comment,
      correction: request.correction, tags: request.tags,
      consent: request.consent ?? assumesConsent, createdAt: Date())
  }

  /// What feedback is called that has no name.
  private static func name(of request: FeedbackRequest) -> String {
    if request.verdict != nil { return "rating" }
    if request.preferred != nil { return "preference" }
    return request.correction != nil ? "correction" : "comment"
  }
}
