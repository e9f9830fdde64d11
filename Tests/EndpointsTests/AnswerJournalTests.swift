import Foundation
import PreferenceData
import RunRecords
import Synchronization
import Testing

@testable import Endpoints

@Suite("A journal of answers", .timeLimit(.minutes(1)))
struct AnswerJournalTests {
  /// A file of the test's own, removed with its folder.
  private final class File {
    private let folder = FileManager.default.temporaryDirectory.appending(
      component: "attune-journal-\(UUID().uuidString)")
    var path: String { folder.appending(component: "answers.jsonl").path }

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

    var text: String {
      get throws { String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self) }
    }
  }

  private let file: File

  init() throws { file = try File() }

  private func requests(_ prompts: String...) -> [CompletionRequest] {
    prompts.map { CompletionRequest($0) }
  }

  private let hi = #"{"model": "m", "prompt": "Hi", "draw": "0", "completion": "Ho"}"#

  @Test("an answer is a line, and is not asked for again, by anybody who opens the file")
  func lines() async throws {
    let model = ScriptedModel()
    let asked =
      requests("a") + [CompletionRequest("\"b\"\n", draw: .max), CompletionRequest("a", draw: 1)]
    let questions = [OptionQuestion("t", options: [" (A)", " (B)", "C"])]
    for round in 0..<2 {
      let journal = try AnswerJournal(path: file.path)
      #expect(journal.count == (round == 0 ? 0 : 4))
      let completer = JournaledCompleter(model, model: "m", journal: journal)
      let scorer = JournaledScorer(model, model: "m", journal: journal)
      #expect(
        try await completer.completions(of: asked)
          == ["a 0", "\"b\"\n 18446744073709551615", "a 1"])
      #expect(try await scorer.logProbabilities(of: questions) == [[-.infinity, -1, -2]])
      #expect(journal.added == (round == 0 ? 4 : 0) && journal.recalled == (round == 0 ? 0 : 4))
    }
    #expect(model.batches == [["a", "\"b\"\n", "a"], ["t"]])
    #expect(
      try file.text == """
        {"model": "m", "prompt": "a", "draw": "0", "completion": "a 0"}
        {"model": "m", "prompt": "\\"b\\"\\n", "draw": "18446744073709551615", "completion": "\\"b\\"\\n 18446744073709551615"}
        {"model": "m", "prompt": "a", "draw": "1", "completion": "a 1"}
        {"model": "m", "text": "t", "options": [" (A)", " (B)", "C"], "log_probabilities": [null, -1, -2]}

        """)
  }

  @Test("answers of another model, another draw, other options or other bytes do not match")
  func matches() async throws {
    let journal = try AnswerJournal(path: file.path)
    let model = ScriptedModel()
    // The last two are one text to Swift.
    let asked = requests("a", "b", "caf\u{E9}", "cafe\u{301}")
    _ = try await JournaledCompleter(model, model: "m", journal: journal).completions(of: asked)
    #expect(journal.added == 4)
    _ = try await JournaledCompleter(model, model: "n", journal: journal).completions(
      of: requests("a"))
    _ = try await JournaledCompleter(model, model: "m", journal: journal).completions(of: [
      CompletionRequest("a", draw: 1)
    ])
    #expect(journal.added == 6 && journal.recalled == 0)
    let scorer = JournaledScorer(model, model: "m", journal: journal)
    for options in [["A", "B"], ["B", "A"], ["A", "B", "C"]] {
      _ = try await scorer.logProbabilities(of: [OptionQuestion("a", options: options)])
    }
    #expect(journal.added == 9 && journal.recalled == 0)
  }

  @Test("equal requests are one call")
  func equal() async throws {
    let journal = try AnswerJournal(path: file.path)
    let model = ScriptedModel()
    let told = Mutex<[[Int]]>([])
    let completer = JournaledCompleter(model, model: "m", journal: journal) { done, total in
      told.withLock { $0.append([done, total]) }
    }
    #expect(
      try await completer.completions(of: requests("a", "b", "a", "a"))
        == ["a 0", "b 0", "a 0", "a 0"])
    #expect(model.batches == [["a", "b"]])
    #expect(journal.added == 2 && journal.recalled == 2)
    #expect(told.withLock { $0 } == [[0, 4], [3, 4], [4, 4]])
  }

  @Test("those of a batch are kept chunk by chunk, and after a failure only the rest is asked")
  func chunks() async throws {
    let model = ScriptedModel(refusing: "d")
    do {
      let journal = try AnswerJournal(path: file.path)
      let completer = JournaledCompleter(model, model: "m", journal: journal, chunk: 2)
      await #expect(throws: ScriptedModel.Refusal.self) {
        try await completer.completions(of: requests("a", "b", "c", "d", "e"))
      }
      #expect(journal.added == 2)
    }
    let journal = try AnswerJournal(path: file.path)
    let completer = JournaledCompleter(model, model: "m", journal: journal, chunk: 2)
    #expect(
      try await completer.completions(of: requests("a", "b", "c", "d", "e"))
        == ["a 0", "b 0", "c 0", "d 0", "e 0"])
    #expect(model.batches == [["a", "b"], ["c", "d"], ["c", "d"], ["e"]])
    #expect(journal.recalled == 2)
  }

  @Test("progress counts what was there, and may stop without loss")
  func progress() async throws {
    struct Stop: Error {}
    let journal = try AnswerJournal(path: file.path)
    let model = ScriptedModel()
    _ = try await JournaledScorer(model, model: "m", journal: journal).logProbabilities(of: [
      OptionQuestion("a", options: ["A", "B"])
    ])
    let told = Mutex<[[Int]]>([])
    let scorer = JournaledScorer(model, model: "m", journal: journal, chunk: 1) { done, total in
      told.withLock { $0.append([done, total]) }
      if done == 2 { throw Stop() }
    }
    await #expect(throws: Stop.self) {
      try await scorer.logProbabilities(
        of: ["a", "b", "c"].map { OptionQuestion($0, options: ["A", "B"]) })
    }
    #expect(told.withLock { $0 } == [[1, 3], [2, 3]])
    #expect(journal.added == 2)
    #expect(model.batches == [["a"], ["b"]])
  }

  @Test(
    "a last line that was cut short is not written, and is removed",
    arguments: ["{", #"{"model": "m", "prompt": "Bye", "draw": "0", "compl"#])
  func cut(rest: String) async throws {
    try file.write("\(hi)\n\(rest)")
    let journal = try AnswerJournal(path: file.path)
    #expect(journal.count == 1)
    #expect(try file.text == "\(hi)\n")
    let completer = JournaledCompleter(ScriptedModel(), model: "m", journal: journal)
    #expect(try await completer.completions(of: requests("Hi", "Bye")) == ["Ho", "Bye 0"])
    #expect(
      try file.text
        == "\(hi)\n" + #"{"model": "m", "prompt": "Bye", "draw": "0", "completion": "Bye 0"}"#
        + "\n")
  }

  @Test("a file that is no journal is left alone, even without the end of a line")
  func foreign() throws {
    try file.write("{\"mode\": 1}")
    let error = #expect(throws: JournalError.self) { try AnswerJournal(path: file.path) }
    #expect(
      error?.description
        == "\(file.path):1: saw \"{\"mode\": 1}\", which is no answer as a journal has it; remove the "
        + "line if the others are answers, else name another file")
    #expect(try file.text == "{\"mode\": 1}")
  }

  @Test(
    "a damaged line is named",
    arguments: [
      "", "nonsense", "{}", #"{"model": "m"}"#,
      #"{"model": 1, "prompt": "a", "draw": "0", "completion": ""}"#,
      #"{"model": "m", "prompt": "a", "draw": 0, "completion": ""}"#,
      #"{"model": "m", "prompt": "a", "draw": "-1", "completion": ""}"#,
      #"{"model": "m", "prompt": "a", "draw": "0", "completion": null}"#,
      #"{"model": "m", "text": "a", "options": ["A"], "log_probabilities": [1]}"#,
      #"{"model": "m", "text": "a", "options": ["A", "A"], "log_probabilities": [1, 2]}"#,
      #"{"model": "m", "text": "a", "options": ["A", ""], "log_probabilities": [1, 2]}"#,
      #"{"model": "m", "text": "a", "options": ["A", 5], "log_probabilities": [1, 2]}"#,
      #"{"model": "m", "text": "a", "options": ["A", "B"], "log_probabilities": [1]}"#,
      #"{"model": "m", "text": "a", "options": ["A", "B"], "log_probabilities": [null, null]}"#,
    ])
  func damaged(line: String) throws {
    try file.write("\(hi)\n\(line)\n\(hi)\n")
    #expect(throws: JournalError.damaged(path: file.path, line: 2, content: line)) {
      try AnswerJournal(path: file.path)
    }
  }

  @Test("of two answers to one question the first one stays")
  func twice() async throws {
    try file.write("\(hi)\n" + hi.replacing("Ho", with: "Hu") + "\n")
    let journal = try AnswerJournal(path: file.path)
    let completer = JournaledCompleter(ScriptedModel(), model: "m", journal: journal)
    #expect(journal.count == 1)
    #expect(try await completer.completions(of: requests("Hi")) == ["Ho"])
  }

  @Test("what two callers have asked at once is written once")
  func atOnce() async throws {
    let journal = try AnswerJournal(path: file.path)
    for answer in ["Ho", "Hu"] { try journal.add(answer, to: CompletionRequest("Hi"), of: "m") }
    #expect(journal.added == 1)
    #expect(try file.text == "\(hi)\n")
  }

  @Test("one at a time may write it")
  func lock() throws {
    let journal = try AnswerJournal(path: file.path)
    let error = #expect(throws: JournalError.self) { try AnswerJournal(path: file.path) }
    #expect(
      error?.description
        == "\(file.path): another process is writing this journal of answers; wait for it, or name "
        + "another file")
    #expect(journal.count == 0)
  }

  @Test("a place where no file can be")
  func places() throws {
    #expect(
      throws: RunRecordError.system(
        operation: "open the file", path: "\(file.path)/x", reason: "No such file or directory")
    ) { try AnswerJournal(path: "\(file.path)/x") }
    #expect(throws: RunRecordError.notARegularFile(path: "/dev/null")) {
      try AnswerJournal(path: "/dev/null")
    }
  }

  @Test("what is no log probability is not kept", arguments: ["nan", "never"])
  func unfit(text: String) async throws {
    let journal = try AnswerJournal(path: file.path)
    let scorer = JournaledScorer(ScriptedModel(), model: "m", journal: journal)
    let error = await #expect(throws: JournalError.self) {
      try await scorer.logProbabilities(of: [OptionQuestion(text, options: [" (A)", " (B)"])])
    }
    let seen = text == "nan" ? "nan" : "-inf"
    #expect(
      error?.description
        == "the model gave \(seen), \(seen) as the log probabilities of \" (A)\", \" (B)\"; each must "
        + "be a number or −∞, and one must be finite: the model or its input may be broken")
    #expect(journal.count == 0)
  }

  @Test("of a server every answer is kept as it comes, and after a failure only the rest is asked")
  func server() async throws {
    let server = try LocalServer.shared.get()
    let endpoint = try CompletionEndpoint(
      base: server.address + "/flaky", settings: CompletionSettings(model: "m", concurrency: 1))
    let counter = try HTTPEndpoint(address: server.address + "/asked/flaky/chat/completions")
    let asked = requests("a", "b", "bad", "c")
    do {
      let journal = try AnswerJournal(path: file.path)
      let completer = JournaledCompleter(
        endpoint, model: endpoint.completionIdentity, journal: journal)
      let error = await #expect(throws: EndpointError.self) {
        try await completer.completions(of: asked)
      }
      #expect(error?.description.contains("status 400: \"not that one\"") == true)
      #expect(journal.added == 2)
    }
    #expect(try await counter.post([:]) == .number(3))
    let journal = try AnswerJournal(path: file.path)
    let completer = JournaledCompleter(
      endpoint, model: endpoint.completionIdentity, journal: journal)
    #expect(try await completer.completions(of: asked) == ["a!", "b!", "bad!", "c!"])
    #expect(try await counter.post([:]) == .number(5))
    #expect(try await completer.completions(of: asked).count == 4)
    #expect(try await counter.post([:]) == .number(5))
    #expect(endpoint.meter.usage.calls == 4)
  }
}
