import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("attune monitor --feedback")
struct MonitorFeedbackTests {
  private let folder: TestFolder
  private let start = Date(timeIntervalSince1970: 1_795_262_400)

  /// Two logs of sixty responses, and the store of the server that gave them: two people like each of the first
  /// forty before, of whom one has had enough of the first forty after.
  init() throws {
    folder = try TestFolder()
    let store = try FeedbackStore(at: folder.url.appending(path: "f.sqlite").path, now: start)
    for side in ["before", "after"] {
      let prompts = (0..<60).map { "bake bread \($0) \(["soon", "late", "now"][$0 % 3])" }
      let lines = prompts.enumerated().map {
        #"{"id":"\#(side)\#($0)","prompt":"\#($1)","completion":"a b c"}"# + "\n"
      }
      try folder.write(lines.joined(), to: "\(side).jsonl")
      try store.record(
        prompts.enumerated().map {
          ServedResponse(
            id: "\(side)\($0)", createdAt: start, model: "nano", policy: "v1", prompt: .text($1),
            completion: "a b c", finishReason: "stop", promptTokens: 1, completionTokens: 2)
        })
      for number in 0..<40 {
        for (reader, rating) in [("ann", 1.0), ("bob", side == "before" ? 1 : -0.5)] {
          try store.give(
            Feedback(
              response: "\(side)\(number)", identifier: reader, rating: rating,
              createdAt: start + 3600))
        }
      }
    }
    try store.close()
  }

  private func report(_ arguments: String...) throws -> Invocation {
    try Invocation(
      [
        "monitor", "report", "--baseline", "before.jsonl", "--current", "after.jsonl", "--out",
        "page.html", "--json",
      ] + arguments, in: folder)
  }

  private func metric(_ name: String, _ side: String, in run: Invocation) throws -> [String: Any]? {
    let report = try run.report()["report"] as? [String: Any]
    let metrics = (report?[side] as? [String: Any])?["metrics"] as? [[String: Any]]
    return metrics?.first { $0["name"] as? String == name }
  }

  @Test("ratings that came after the log was written are found by id, averaged and compared")
  func report() throws {
    #expect(try metric("feedback_mean", "current", in: report()) == nil)
    let run = try report("--feedback", "f.sqlite")
    #expect(run.status == 2, "\(run.error)")
    #expect(run.output.hasPrefix("The model’s behaviour has drifted: feedback."), "\(run.output)")
    // 1 and 1 before, 1 and −0.5 after.
    let (before, after) = try (
      metric("feedback_mean", "baseline", in: run), metric("feedback_mean", "current", in: run)
    )
    #expect(before?["mean"] as? Double == 1 && after?["mean"] as? Double == 0.25)
    #expect(before?["count"] as? Int == 40 && after?["count"] as? Int == 40)
    let note = "f the 60 responses of the window, 60 are in f.sqlite, and 40 are rated"
    #expect(run.error.contains("attune: o\(note)\n"), "\(run.error)")
    #expect(try folder.text("page.html").contains("O\(note)."))
  }

  @Test("a store of other responses is told of, and a file that is none refused")
  func errors() throws {
    let other = try FeedbackStore(at: folder.url.appending(path: "g.sqlite").path, now: start)
    try other.close()
    let run = try report("--feedback", "g.sqlite")
    #expect(
      run.error.contains(
        "attune: none of the 60 responses of the window is in g.sqlite; is it the store of another log?"
      ), "\(run.error)")
    let both = try report("--feedback", "g.sqlite", "f.sqlite")
    #expect(both.error.contains("60 are in g.sqlite, f.sqlite, and 40 are rated"), "\(both.error)")
    let missing = try report("--feedback", "none")
    #expect(missing.status == 65)
    #expect(
      missing.error
        == "attune: error: none: there is no such file; give a store that a server has written\n")
  }

  @Test("a watch looks ratings up when a window is full")
  func watch() throws {
    func watch(_ arguments: String...) throws -> Invocation {
      try Invocation(
        [
          "monitor", "watch", "--responses", "after.jsonl", "--baseline", "before.jsonl",
          "--window",
          "60", "--once",
        ] + arguments, in: folder)
    }
    let run = try watch("--feedback", "f.sqlite")
    #expect(run.status == 2 && run.output.hasSuffix("    0.250  feedback\n"), "\(run.output)")
    #expect(run.error.contains("of the 60 responses of the window, 60 are in f.sqlite"))
    let without = try watch("--state", "other")
    #expect(without.status == 0 && without.output.hasSuffix("        -  none\n"))
  }
}
