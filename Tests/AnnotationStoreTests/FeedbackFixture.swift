import AnnotationStore
import Foundation
import PreferenceData

/// A store of feedback in a folder of a test's own, and a clock that only the test moves.
final class FeedbackFixture {
  let folder: String
  let store: FeedbackStore
  var now = Date(timeIntervalSince1970: 1_795_262_400)

  init(
    scrubber: PersonalDataScrubber = .usual, scope: FeedbackStore.ScrubbingScope = .feedback
  ) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appending(component: "attune-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = try FeedbackStore(
      at: "\(folder)/f.sqlite", scrubber: scrubber, scope: scope, now: now)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Serves a response, a second after the last.
  @discardableResult
  func serve(
    _ id: String, _ completion: String = "an answer", to prompt: Passage = .text("a question"),
    _ change: (inout ServedResponse) -> Void = { _ in }
  ) throws -> ServedResponse {
    now += 1
    var response = ServedResponse(
      id: id, createdAt: now, model: "nano", policy: "v1", prompt: prompt, completion: completion,
      finishReason: "stop", promptTokens: 3, completionTokens: 2)
    change(&response)
    try store.record([response])
    return response
  }

  /// Gives feedback that may be trained on, a second after the last.
  @discardableResult
  func give(
    _ response: String, by identifier: String = "page", _ change: (inout Feedback) -> Void
  ) throws -> FeedbackReceipt {
    now += 1
    var feedback = Feedback(
      response: response, identifier: identifier, consent: true, createdAt: now)
    change(&feedback)
    return try store.give(feedback)
  }
}
