import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("attune data feedback")
struct DataFeedbackCommandTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    let start = Date(timeIntervalSince1970: 1_795_262_400)  // 2026-11-21T12:00:00Z
    let store = try FeedbackStore(at: folder.url.appending(path: "f.sqlite").path, now: start)
    let arms = ["control", "candidate", "candidate"]
    try store.record(
      arms.enumerated().map { index, arm in
        ServedResponse(
          id: "r\(index)", createdAt: start, model: "nano", policy: index == 0 ? "v1" : "v2",
          arm: arm, prompt: .text("Why?"), completion: "answer \(index)", finishReason: "stop",
          promptTokens: 1, completionTokens: 2)
      })
    for (index, rating) in [1.0, -1, -1].enumerated() {
      try store.give(
        Feedback(
          response: "r\(index)", identifier: "page", rating: rating,
          correction: index == 1 ? "Write to a@b.de" : nil, consent: index != 2,
          // Noon of three days.
          createdAt: start + Double(index) * 86_400))
    }
    try store.close()
  }

  private func feedback(_ arguments: String...) throws -> Invocation {
    try Invocation(["data", "feedback", "--store", "f.sqlite"] + arguments, in: folder)
  }

  @Test("records are written, counted, and can be trained on")
  func writing() throws {
    let run = try feedback(
      "--unpaired", "u.jsonl", "--preferences", "p.jsonl", "--contrasts", "--lineage", "turn-1")
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output == """
        3 pieces of feedback

        records of          count
        ------------------  -----
        ratings (unpaired)      2
        corrections             1
        regenerations           0
        contrasts               1

        left out                  count
        ------------------------  -----
        feedback without consent      1

        """)
    let unpaired = try folder.rows("u.jsonl")
    #expect(unpaired.map { $0["label"] as? Bool } == [true, false])
    #expect(unpaired.allSatisfy { $0["lineage"] as? String == "turn-1" })
    let pairs = try folder.rows("p.jsonl")
    #expect(pairs.map { $0["source"] as? String } == ["correction", "contrast"])
    #expect(pairs.map { $0["chosen"] as? String } == ["Write to [email]", "answer 0"])
    let valid = try Invocation(["data", "validate", "u.jsonl"], in: folder)
    #expect(valid.status == 0 && valid.output.contains("unpaired"), "\(valid.error)")
    #expect(try Invocation(["data", "validate", "p.jsonl"], in: folder).status == 0)
  }

  @Test("every choice of feedback changes what is taken")
  func choices() throws {
    func ratings(_ arguments: String...) throws -> Int? {
      let run = try Invocation(
        ["data", "feedback", "--store", "f.sqlite", "--json"] + arguments, in: folder)
      #expect(run.status == 0, "\(run.error)")
      return (try run.report()["records"] as? [String: Any])?["rating"] as? Int
    }
    #expect(try ratings() == 2)
    #expect(try ratings("--include-unconsented") == 3)
    #expect(try ratings("--policy", "v2") == 1)
    #expect(try ratings("--arm", "control") == 1)
    #expect(try ratings("--include-unconsented", "--since", "2026-11-22") == 2)
    #expect(try ratings("--include-unconsented", "--since", "2026-11-22T12:00:01Z") == 1)
    #expect(try ratings("--until", "2026-11-22") == 1)
    #expect(try folder.names().filter { $0.hasSuffix("jsonl") }.isEmpty)
  }

  @Test("--json is one object")
  func json() throws {
    #expect(
      try feedback("--json").output.hasSuffix(
        """
        {"feedback": 3, "records": {"rating": 2, "correction": 1, "regeneration": 0, "contrast": 0}, \
        "desirable": 1, "left_out": {"outside": 0, "unconsented": 1, "words_only": 0, "undecided": 0, \
        "tied": 0, "blank": 0, "identical": 0, "repeated": 0}}

        """))
  }

  @Test("a file that is there is not replaced")
  func existing() throws {
    try folder.write("mine", to: "p.jsonl")
    let run = try feedback("--unpaired", "u.jsonl", "--preferences", "p.jsonl")
    #expect(run.status == 64)
    #expect(run.error == "attune: error: p.jsonl exists; give another file\n")
    #expect(try folder.text("p.jsonl") == "mine")
    #expect(try !folder.names().contains("u.jsonl"))
  }

  @Test("one file cannot take both kinds of records, whatever it is written like")
  func same() throws {
    for other in ["u.jsonl", "./u.jsonl", "\(folder.url.path)/u.jsonl"] {
      let run = try feedback("--unpaired", "u.jsonl", "--preferences", other)
      #expect(run.status == 64)
      #expect(run.error.contains("'--unpaired' and '--preferences' are the same file; give two."))
    }
    #expect(try !folder.names().contains("u.jsonl"))
  }

  @Test("what is no store is bad data, and what cannot be asked wrong usage")
  func errors() throws {
    try folder.write("a text that is long enough to be none", to: "text")
    let foreign = try Invocation("data", "feedback", "--store", "text", in: folder)
    #expect(foreign.status == 65)
    #expect(
      foreign.error == "attune: error: text: is no store of feedback; give another file\n")
    let missing = try Invocation("data", "feedback", "--store", "none", in: folder)
    #expect(missing.status == 65)
    #expect(
      missing.error
        == "attune: error: none: there is no such file; give a store that a server has written\n")
    for (arguments, part) in [
      (
        ["--since", "yesterday"],
        "allowed are a day, 2026-11-22, and a moment, 2026-11-22T08:30:00Z."
      ),
      (["--since", "2026-02-30"], "allowed are a day"),
      (["--since", "2026-11-22", "--until", "2026-11-22"], "'--since' is not before '--until'."),
      (["--unpaired", "a", "--preferences", "a"], "'--unpaired' and '--preferences' are the same"),
      (["--arm", "both"], "'both'"),
    ] {
      let run = try Invocation(["data", "feedback", "--store", "f.sqlite"] + arguments, in: folder)
      #expect(run.status == 64)
      #expect(run.error.contains(part), "\(run.error)")
    }
  }
}
