import AnnotationStore
import Foundation
import PreferenceData
import Testing
import TrainingConfiguration

@testable import Pipelines

@Suite("Where the records of a turn come from")
struct LoopSourcesTests {
  private let folder: TemporaryFolder
  private let now = Date(timeIntervalSince1970: 1_795_262_400)

  init() throws { folder = try TemporaryFolder() }

  private func data(_ change: (inout LoopProject) -> Void) throws -> LoopData {
    var project = try LoopProject(
      name: "helpful", policy: "models/policy", training: .dpo(DPOConfiguration()))
    change(&project)
    return try LoopSources(project: project).data { _, _ in }
  }

  /// A store with a corrected response, a good one, and one whose giver did not agree.
  private func feedback() throws -> String {
    let path = "\(folder.path)/feedback.sqlite"
    let store = try FeedbackStore(at: path, now: now)
    let responses = ["corrected", "good", "private"].map { name in
      ServedResponse(
        id: name, createdAt: now, model: "policy", policy: "aa", prompt: .text("ask \(name)"),
        completion: "answer \(name)", finishReason: "stop", promptTokens: 2, completionTokens: 2)
    }
    _ = try store.record(responses)
    for feedback in [
      Feedback(
        response: "corrected", identifier: "a", correction: "better", consent: true, createdAt: now),
      Feedback(response: "good", identifier: "a", rating: 1, consent: true, createdAt: now),
      Feedback(response: "private", identifier: "a", rating: 1, createdAt: now),
    ] {
      _ = try store.give(feedback)
    }
    return path
  }

  @Test("feedback becomes pairs and single judgments, as far as people agreed")
  func served() throws {
    let path = try feedback()
    let data = try data { $0.feedback = path }
    let pairs = data.pairs.training + data.pairs.heldOut
    #expect(pairs.map { $0.text(of: "prompt") } == ["ask corrected"])
    #expect(pairs.map { $0.text(of: "chosen") } == ["better"])
    #expect(pairs.map { $0.text(of: "rejected") } == ["answer corrected"])
    let single = data.unpaired.training + data.unpaired.heldOut
    #expect(single.map { $0.text(of: "prompt") } == ["ask good"])
    #expect(single.allSatisfy { $0.file == path })
  }

  @Test("files of pairs keep what says how much a pair counts, and prompts keep their fields")
  func files() throws {
    let pairs = try folder.file(
      "pairs.jsonl",
      #"{"prompt": "p", "chosen": "a", "rejected": "b", "margin": 0.5, "weight": 2, "agreement": 0.75}"#
        + "\n")
    let prompts = try folder.file(
      "prompts.jsonl", #"{"prompt": "q", "kind": "harmful", "other": 3}"# + "\n")
    let data = try data { ($0.data, $0.prompts) = ([pairs], prompts) }
    let row = try #require((data.pairs.training + data.pairs.heldOut).first).fields
    #expect(row["margin"] == .number(0.5) && row["weight"] == .number(2))
    #expect(row["agreement"] == .number(0.75))
    let prompt = try #require((data.prompts.training + data.prompts.heldOut).first).fields
    #expect(prompt["prompt"] == .string("q") && prompt["kind"] == .string("harmful"))
    #expect(prompt["other"] == .number(3))
    let own = try self.data { $0.data = [pairs] }
    #expect((own.prompts.training + own.prompts.heldOut).map(\.prompt) == ["p"])
  }

  @Test("what the project names must be there")
  func missing() {
    #expect(throws: LoopError.missing(path: "absent.sqlite", what: "feedback file")) {
      try data { $0.feedback = "absent.sqlite" }
    }
    #expect(throws: LoopError.missing(path: "absent.attune", what: "annotation project")) {
      try data { $0.annotations = ["absent.attune"] }
    }
  }
}
