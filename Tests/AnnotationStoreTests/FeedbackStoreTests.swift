import AnnotationStore
import Foundation
import GRDB
import PreferenceData
import Testing

@Suite("A store of feedback")
struct FeedbackStoreTests {
  @Test("responses come back as they were recorded, once each")
  func responses() throws {
    let fixture = try FeedbackFixture()
    let whole = try fixture.serve(
      "chatcmpl-1", "Call 212-555-0123", to: .messages([Message(role: "user", content: "a@b.de?")])
    ) {
      ($0.arm, $0.exposure, $0.user) = ("candidate", #"{"share": 0.05, "x":1e2}"#, "u1")
      ($0.regenerates, $0.safety) = ("chatcmpl-0", #"{"unsafe": 0.1}"#)
    }
    let bare = try fixture.serve("chatcmpl-2")
    #expect(try fixture.store.response("chatcmpl-1") == whole)
    #expect(try fixture.store.response("chatcmpl-2") == bare)
    #expect(try fixture.store.response("chatcmpl-3") == nil)

    var other = bare
    (other.completion, other.id) = ("another", "chatcmpl-3")
    var same = bare
    same.completion = "changed"
    #expect(try fixture.store.record([same, other, other]) == 1)
    #expect(try fixture.store.response("chatcmpl-2") == bare)
    #expect(try fixture.store.response("chatcmpl-3") == other)
    // In every program that opens it.
    let again = try FeedbackStore(existingAt: fixture.path("f.sqlite"))
    #expect(try again.response("chatcmpl-1") == whole)
  }

  @Test("the mean rating of a response is of all who rate it, by number or label, as it is now")
  func meanRatings() throws {
    let fixture = try FeedbackFixture()
    for id in ["r", "s", "t"] { try fixture.serve(id) }
    try fixture.give("r") { $0.rating = -1 }
    try fixture.give("r") { $0.rating = 0.5 }
    try fixture.give("r", by: "other") { $0.label = "thumbs_up" }
    try fixture.give("r", by: "third") { ($0.name, $0.comment) = ("comment", "good") }
    try fixture.give("s") { ($0.name, $0.comment) = ("comment", "good") }
    let found = try fixture.store.meanRatings(of: ["r", "s", "r", "unknown"])
    // 0.5 and 1; words alone are no rating, and the first was taken back.
    #expect(found.ratings == ["r": 0.75] && found.known == 2)
    #expect(try fixture.store.meanRatings(of: []).known == 0)
  }

  @Test("feedback is new, the same again, or a change of mind that leaves the old in the history")
  func receipts() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("r")
    #expect(try fixture.give("r") { $0.rating = 1 } == .new)
    let first = try #require(try fixture.store.feedback(of: "r").first)
    #expect(try fixture.give("r") { $0.rating = 1 } == .same)
    #expect(try fixture.store.feedback(of: "r") == [first])
    #expect(try fixture.give("r") { $0.rating = -0.5 } == .changed)
    #expect(try fixture.give("r", by: "other") { $0.rating = -1 } == .new)
    #expect(
      try fixture.give("r") { ($0.name, $0.comment, $0.tags) = ("comment", "good", ["x", "y"]) }
        == .new)
    let feedback = try fixture.store.feedback(of: "r")
    #expect(feedback.map(\.name) == ["comment", "rating", "rating"])
    #expect(feedback.map(\.identifier) == ["page", "other", "page"])
    #expect(feedback.map(\.rating) == [nil, -1, -0.5])
    #expect(feedback.first?.tags == ["x", "y"])
    #expect(try fixture.store.history(of: "r") == [first])

    try fixture.store.withdraw(
      response: "r", name: "rating", identifier: "page", now: fixture.now)
    #expect(try fixture.store.feedback(of: "r").map(\.identifier) == ["page", "other"])
    #expect(try fixture.store.history(of: "r").map(\.rating) == [1, -0.5])
    #expect(try fixture.give("r") { $0.rating = -0.5 } == .new)
  }

  @Test("texts are kept without personal data; a repetition is still one")
  func scrubbing() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("r", "Ask ada@example.org")
    func give() throws -> FeedbackReceipt {
      try fixture.give("r") {
        ($0.comment, $0.correction) = ("I am ada@example.org", "Call 212-555-0123")
        $0.tags = ["a@b.de", " "]
      }
    }
    #expect(try give() == .new)
    #expect(try give() == .same)
    let feedback = try #require(try fixture.store.feedback(of: "r").first)
    #expect(feedback.comment == "I am [email]" && feedback.correction == "Call [phone]")
    #expect(feedback.tags == ["[email]"])
    #expect(try fixture.store.response("r")?.completion == "Ask ada@example.org")

    let strict = try FeedbackFixture(scope: .everything)
    try strict.serve("r", "Ask ada@example.org", to: .text("Who is 192.168.0.1?"))
    #expect(try strict.store.response("r")?.completion == "Ask [email]")
    #expect(try strict.store.response("r")?.prompt == .text("Who is [ip_address]?"))

    let lenient = try FeedbackFixture(scrubber: PersonalDataScrubber(rules: []))
    try lenient.serve("r")
    try lenient.give("r") { $0.comment = "a@b.de" }
    #expect(try lenient.store.feedback(of: "r").first?.comment == "a@b.de")
  }

  @Test("texts that fit are kept, though placeholders are longer than what they stand for")
  func longPlaceholders() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("r")
    // Ten thousand bytes are allowed, and [email] has one more than a@b.de.
    let comment = String(repeating: "a@b.de, ", count: 1250)
    #expect(try fixture.give("r") { $0.comment = comment } == .new)
    #expect(try fixture.give("r") { $0.comment = comment } == .same)
    #expect(try fixture.store.feedback(of: "r").first?.comment?.utf8.count == 1250 * 9)
  }

  @Test("what cannot be said is refused with a sentence, and nothing is kept")
  func refusals() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("r")
    try fixture.serve("s", "another answer")
    try fixture.serve("t", to: .text("another question"))
    let cases: [((inout Feedback) -> Void, String)] = [
      (
        { ($0.response, $0.rating) = ("x", 1) },
        "there is no response 'x'; give the id of a response that was served and is still kept"
      ),
      (
        { _ in },
        "the feedback says nothing; give a rating, a label, a preferred response, a comment or a "
          + "correction"
      ),
      (
        { ($0.comment, $0.correction, $0.tags) = (" \n", "", ["x"]) },
        "the feedback says nothing; give a rating, a label, a preferred response, a comment or a "
          + "correction"
      ),
      ({ $0.rating = 1.5 }, "rating is 1.5, but must be from -1 to 1"),
      ({ $0.rating = .nan }, "rating is nan, but must be from -1 to 1"),
      ({ $0.label = "good" }, "label is 'good', but must be one of thumbs_up, thumbs_down"),
      (
        { ($0.label, $0.rating) = ("thumbs_up", -0.5) },
        "rating is -0.5, but label is 'thumbs_up', which says the opposite; give one of them"
      ),
      (
        { $0.preferredID = "x" },
        "there is no response 'x' that could be preferred; give the id of one that is still kept"
      ),
      (
        { $0.preferredID = "r" },
        "the response 'r' cannot be preferred to itself; give the feedback about the one that is "
          + "worse"
      ),
      (
        { $0.preferredID = "t" },
        "the responses 'r' and 't' answer different prompts, so that neither can be preferred to the "
          + "other"
      ),
      (
        { $0.comment = String(repeating: "é", count: 5001) },
        "comment has 10002 bytes, but may have 10000 at most"
      ),
      (
        { $0.correction = String(repeating: "x", count: 200_001) },
        "correction has 200001 bytes, but may have 200000 at most"
      ),
      (
        { ($0.rating, $0.tags) = (1, (0..<17).map { "\($0)" }) },
        "there are 17 tags, but may be 16 at most"
      ),
      (
        { ($0.rating, $0.tags) = (1, [String(repeating: "x", count: 65)]) },
        "tags has 65 bytes, but may have 64 at most"
      ),
      (
        { ($0.rating, $0.name) = (1, "") },
        "name must have a character at least, and no control characters"
      ),
      (
        { ($0.rating, $0.identifier) = (1, "a\n") },
        "identifier must have a character at least, and no control characters"
      ),
      (
        { ($0.rating, $0.name) = (1, String(repeating: "x", count: 65)) },
        "name has 65 bytes, but may have 64 at most"
      ),
    ]
    for (change, sentence) in cases {
      let error = #expect(throws: FeedbackError.self) { try fixture.give("r", change) }
      #expect(error?.description == sentence)
    }
    #expect(try fixture.store.feedback(of: "r").isEmpty)
    #expect(try fixture.give("r") { $0.preferredID = "s" } == .new)
    let error = #expect(throws: FeedbackError.self) {
      try fixture.store.withdraw(response: "r", name: "comment", identifier: "i", now: fixture.now)
    }
    #expect(
      error?.description == "there is no feedback 'comment' of 'i' about the response 'r'")
  }

  @Test("ratings are counted by arm and sign, labels among them, since a moment")
  func counts() throws {
    let fixture = try FeedbackFixture()
    for (index, arm) in ["control", "candidate", nil].enumerated() {
      try fixture.serve("\(index)") { $0.arm = arm }
    }
    try fixture.give("0", by: "a") { $0.rating = 0.5 }
    try fixture.give("0", by: "b") { $0.label = "thumbs_down" }
    try fixture.give("0", by: "c") { $0.comment = "no rating" }
    let later = fixture.now + 1
    try fixture.give("1", by: "a") { $0.label = "thumbs_up" }
    try fixture.give("1", by: "b") { $0.rating = 0 }
    try fixture.give("2", by: "a") { $0.rating = -1 }
    func tally(_ since: Date?) throws -> [String] {
      try fixture.store.counts(since: since).map {
        "\($0.arm ?? "none") \($0.positive) \($0.negative) \($0.neutral)"
      }
    }
    #expect(try tally(nil) == ["none 0 1 0", "candidate 1 0 1", "control 1 1 0"])
    #expect(try tally(later) == ["none 0 1 0", "candidate 1 0 1"])
  }

  @Test("old responses go with all that was said about them")
  func purging() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("old")
    let limit = fixture.now + 1
    try fixture.serve("young", "another")
    try fixture.give("old") { $0.rating = 1 }
    try fixture.give("old") { $0.rating = -1 }
    try fixture.give("young") { $0.preferredID = "old" }
    try fixture.give("young", by: "other") { $0.rating = 1 }
    #expect(try fixture.store.purge(olderThan: limit) == 1)
    #expect(try fixture.store.response("old") == nil && fixture.store.response("young") != nil)
    #expect(try fixture.store.feedback(of: "old").isEmpty)
    #expect(try fixture.store.history(of: "old").isEmpty)
    #expect(try fixture.store.feedback(of: "young").map(\.identifier) == ["other"])
    #expect(try fixture.store.purge(olderThan: limit) == 0)
  }

  @Test("nothing of a user who is erased is left in the files")
  func erasing() throws {
    let fixture = try FeedbackFixture()
    let secrets = ["Lighthouse", "Marmalade", "Zeppelin"]
    try fixture.serve("r", secrets[0]) { $0.user = "u" }
    try fixture.serve("s", "Umbrella") { $0.user = "v" }
    try fixture.give("r") { $0.comment = secrets[1] }
    try fixture.give("r") { $0.comment = secrets[2] }
    func hold(_ word: String) throws -> Bool {
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder).contains {
        try Data(contentsOf: URL(filePath: fixture.path($0))).firstRange(of: Data(word.utf8)) != nil
      }
    }
    for word in secrets + ["Umbrella"] { #expect(try hold(word), "\(word)") }
    #expect(try fixture.store.erase(user: "u").responses == 1)
    #expect(try fixture.store.erase(user: "nobody").responses == 0)
    for word in secrets { #expect(try !hold(word), "\(word)") }
    #expect(try hold("Umbrella") && fixture.store.response("s") != nil)
  }

  @Test("what a user who is erased has said about the responses of others goes too")
  func erasingWords() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("r") { $0.user = "v" }
    try fixture.give("r", by: "u") { $0.comment = "Lighthouse" }
    try fixture.give("r", by: "u") { $0.comment = "Marmalade" }
    try fixture.give("r", by: "v") { $0.rating = 1 }
    let erasure = try fixture.store.erase(user: "u")
    #expect(erasure.responses == 0 && erasure.feedback == 2)
    #expect(try fixture.store.feedback(of: "r").map(\.identifier) == ["v"])
    #expect(try fixture.store.history(of: "r").isEmpty)
  }

  @Test("many who speak at the same time are all heard")
  func concurrency() async throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("r")
    let (store, now) = (fixture.store, fixture.now)
    let second = try FeedbackStore(existingAt: fixture.path("f.sqlite"))
    await withTaskGroup { group in
      for thread in 0..<8 {
        group.addTask {
          await withCheckedContinuation { finished in
            // Threads of their own, as writing waits for the disk.
            Thread {
              for index in 0..<40 {
                let feedback = Feedback(
                  response: "r", identifier: "\(thread)-\(index)", rating: 1, createdAt: now)
                _ = try? (thread.isMultiple(of: 2) ? store : second).give(feedback)
                // The same from many sides counts once.
                _ = try? store.give(
                  Feedback(
                    response: "r", identifier: "all-\(index)", rating: -1, createdAt: now))
              }
              finished.resume()
            }.start()
          }
        }
      }
    }
    let counts = try #require(try store.counts().first)
    #expect(counts.positive == 320 && counts.negative == 40)
    #expect(try store.history(of: "r").isEmpty)
  }

  @Test("a file of something else is refused and stays as it was")
  func foreignFiles() throws {
    let fixture = try FeedbackFixture()
    try Data("not a database, but a text that is long enough".utf8).write(
      to: URL(filePath: fixture.path("text")))
    let database = try DatabaseQueue(path: fixture.path("other.sqlite"))
    try database.write { try $0.execute(sql: "CREATE TABLE response (x)") }
    try database.close()
    for name in ["text", "other.sqlite"] {
      let before = try Data(contentsOf: URL(filePath: fixture.path(name)))
      let error = #expect(throws: FeedbackError.self) {
        try FeedbackStore(at: fixture.path(name), now: fixture.now)
      }
      #expect(
        error?.description == "\(fixture.path(name)): is no store of feedback; give another file")
      #expect(throws: FeedbackError.foreign(path: fixture.path(name))) {
        try FeedbackStore(existingAt: fixture.path(name))
      }
      #expect(try Data(contentsOf: URL(filePath: fixture.path(name))) == before)
    }
    let missing = #expect(throws: FeedbackError.self) {
      try FeedbackStore(existingAt: fixture.path("none"))
    }
    #expect(
      missing?.description
        == "\(fixture.path("none")): there is no such file; give a store that a server has written")
    let unopenable = #expect(throws: FeedbackError.self) {
      try FeedbackStore(at: fixture.path("no/folder/f.sqlite"), now: fixture.now)
    }
    #expect(
      unopenable?.description
        == "\(fixture.path("no/folder/f.sqlite")): cannot be opened; check that the folder exists and "
        + "that you may write there")
    // Killed before the first table was made.
    try Data().write(to: URL(filePath: fixture.path("empty")))
    #expect(throws: FeedbackError.foreign(path: fixture.path("empty"))) {
      try FeedbackStore(existingAt: fixture.path("empty"))
    }
    _ = try FeedbackStore(at: fixture.path("empty"), now: fixture.now)
  }

  @Test("a store of a newer version is refused")
  func newer() throws {
    let fixture = try FeedbackFixture()
    try fixture.store.close()
    let database = try DatabaseQueue(path: fixture.path("f.sqlite"))
    try database.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('feedback 99')")
    }
    try database.close()
    let error = #expect(throws: FeedbackError.self) {
      try FeedbackStore(at: fixture.path("f.sqlite"), now: fixture.now)
    }
    #expect(
      error?.description
        == "\(fixture.path("f.sqlite")): was written by a newer version of Attune; use that version, "
        + "or a newer one")
  }

  @Test("ids and texts are data, whatever they look like")
  func injection() throws {
    let fixture = try FeedbackFixture()
    let attack = "x'); DROP TABLE feedback; --\u{202E}<script>\"\\ %00 ../"
    try fixture.serve(attack, attack + "\u{0}") { ($0.arm, $0.user) = (attack, attack) }
    try fixture.give(attack, by: attack) { ($0.name, $0.rating, $0.comment) = ("n'", 1, attack) }
    #expect(try fixture.store.response(attack)?.completion == attack + "\u{FFFD}")
    #expect(try fixture.store.feedback(of: attack).first?.comment == attack)
    #expect(try fixture.store.counts().first?.arm == attack)
    #expect(try fixture.store.erase(user: attack).responses == 1)
  }
}
