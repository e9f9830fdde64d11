import Endpoints
import Foundation
import PreferenceData
import Testing

@Suite("Programs that answer in JSON lines", .timeLimit(.minutes(1)))
struct JSONLinesProgramTests {
  /// Rows numbered from 0, each with a text beside its number.
  private func rows(_ count: Int, text: String = "text") -> [JSONObject] {
    (0..<count).map { ["index": .number(Double($0)), "completion": .string(text)] }
  }

  /// A Python program as a command; its lines are run as they are, with `sys` and `json` imported.
  private func python(_ lines: String...) -> String {
    let source = (["import sys, json, time"] + lines).joined(separator: "\n")
    return "exec python3 -u -c '\(source)'"
  }

  private func message(
    _ command: String, rows count: Int = 3, within limit: Duration = .seconds(20)
  ) async -> String? {
    do {
      _ = try await JSONLinesProgram(command: command)
        .numbers("score", for: rows(count), within: limit)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private let echo = [
    "for line in sys.stdin:", " print(json.dumps({\"score\": json.loads(line)[\"index\"]}))",
  ]

  @Test("answers come in the order of rows, batch after batch, from one process")
  func batches() async throws {
    let program = JSONLinesProgram(
      command: python(
        "import os", "for line in sys.stdin:",
        " print(json.dumps({\"score\": json.loads(line)[\"index\"], \"process\": os.getpid()}))"))
    let first = try await program.answers(to: rows(3), within: .seconds(20))
    let second = try await program.answers(to: rows(2), within: .seconds(20))
    #expect(first.map { $0["score"] } == [.number(0), .number(1), .number(2)])
    #expect(second.map { $0["score"] } == [.number(0), .number(1)])
    #expect(Set((first + second).map { $0["process"] }).count == 1)
    #expect(try await program.answers(to: [], within: .seconds(1)).isEmpty)
  }

  @Test("null is nothing to say, and other fields are passed over")
  func null() async throws {
    let program = JSONLinesProgram(
      command: #"while read -r line; do echo '{"why": "so", "score": null}'; echo; done"#)
    #expect(try await program.numbers("score", for: rows(2), within: .seconds(20)) == [nil, nil])
  }

  @Test("texts with quotes, line breaks and control characters arrive whole")
  func texts() async throws {
    let text = "a \"b\"\nc\r\t\u{0}\u{1B}[31m \u{2028} 字 🙂 \\"
    let program = JSONLinesProgram(
      command: python(
        "for line in sys.stdin:", " print(json.dumps({\"said\": json.loads(line)[\"completion\"]}))"
      ))
    let answers = try await program.answers(to: rows(1, text: text), within: .seconds(20))
    #expect(answers.first?["said"] == .string(text))
  }

  @Test("100,000 rows, far more than the pipes hold, do not block one another")
  func many() async throws {
    let program = JSONLinesProgram(command: python(echo[0], echo[1]))
    let count = 100_000
    let scores = try await program.numbers(
      "score", for: rows(count, text: String(repeating: "x", count: 100)), within: .seconds(50))
    #expect(scores == (0..<count).map { Double($0) })
  }

  @Test("a program that reads everything before it answers gets everything")
  func readsFirst() async throws {
    let count = 20_000
    let program = JSONLinesProgram(
      command: python(
        "lines = [sys.stdin.readline() for _ in range(\(count))]",
        "for line in lines:", " print(json.dumps({\"score\": 1, \"line\": line}))"))
    let scores = try await program.numbers(
      "score", for: rows(count, text: String(repeating: "x", count: 100)), within: .seconds(50))
    #expect(scores.count == count)
  }

  @Test("a slow program is waited for, within the limit")
  func slow() async throws {
    let program = JSONLinesProgram(
      command: #"while read -r line; do sleep 0.1; echo '{"score": 2}'; done"#)
    #expect(try await program.numbers("score", for: rows(3), within: .seconds(20)) == [2, 2, 2])
  }

  @Test("a program that is not there")
  func absent() async {
    let message = await message("no-such-program-here")
    #expect(
      message?.contains("'no-such-program-here' ended with status 127 after 0 of 3 answers") == true
    )
    #expect(message?.contains("not found") == true)
  }

  @Test("a program that dies says how far it came and why")
  func dies() async {
    let message = await message(
      #"read -r line; echo '{"score": 1}'; echo 'out of luck' >&2; exit 3"#)
    #expect(
      message?.contains(
        "ended with status 3 after 1 of 3 answers; it must answer every line that it reads, and end "
          + "only with its input; the end of its standard error:\n    out of luck") == true,
      "\(message ?? "no error")")
  }

  @Test("a program that a signal ends")
  func signal() async {
    let message = await message("kill -9 $$")
    #expect(message?.contains("was ended by signal 9 after 0 of 3 answers") == true)
    #expect(message?.hasSuffix("it wrote nothing to its standard error") == true)
  }

  @Test("a program that closes its output and runs on is stopped")
  func closes() async {
    let message = await message("exec >&-; sleep 600")
    #expect(message?.contains("closed its standard output after 0 of 3 answers") == true)
  }

  @Test("a program that reads nothing and dies does not kill the reader of its answers")
  func brokenPipe() async {
    let message = await message("exit 0", rows: 100_000)
    #expect(message?.contains("ended with status 0 after 0 of 100000 answers") == true)
  }

  @Test("a program that hangs is stopped, with all that it started")
  func hangs() async throws {
    let mark = FileManager.default.temporaryDirectory.appendingPathComponent(
      "hangs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: mark) }
    let message = await message(
      "trap '' TERM; read -r line; echo '{\"score\": 1}'; "
        + "sh -c 'echo $$ > \(mark.path); exec sleep 600' | cat", within: .seconds(1))
    #expect(message?.contains("gave no answer within 1 second, after 1 of 3 answers") == true)
    #expect(message?.contains("python3 -u") == true)
    let text = try String(contentsOf: mark, encoding: .utf8)
    let started = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    var isRunning = true
    for _ in 0..<100 where isRunning {
      isRunning = kill(started, 0) == 0
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(!isRunning)
  }

  @Test(
    "nonsense is shown, on one line and escaped",
    arguments: [
      ("Loading…", "with a line that is no JSON: \"Loading…\""),
      (#"\033[31mred"#, #"no JSON: "\u{1B}[31mred""#),
      (#"{"score": NaN}"#, #"no JSON: "{"score": NaN}""#),
      (#"[1]"#, "with \"[1]\"; it must answer an object with a number, or null, as 'score'"),
      (#"{"score": "high"}"#, "it must answer an object with a number, or null, as 'score'"),
      (#"{"points": 1}"#, "it must answer an object with a number, or null, as 'score'"),
    ])
  func nonsense(line: String, expected: String) async {
    let message = await message(
      #"read -r line; echo '{"score": 1}'; read -r line; printf '\#(line)\n'; sleep 600"#)
    #expect(message?.contains("answered row 2") == true)
    #expect(message?.contains(expected) == true, "\(message ?? "no error")")
  }

  @Test("a long line is shortened")
  func long() async {
    let message = await message("head -c 5000 /dev/zero | tr '\\0' x; echo")
    #expect((message?.count ?? 9999) < 400)
    #expect(message?.contains("xxx…\"") == true)
  }

  @Test("a line without end is not read for ever")
  func endless() async {
    let message = await message("exec tr '\\0' x < /dev/zero", rows: 1)
    #expect(message?.contains("without the end of a line") == true)
  }

  @Test("more lines than rows, at once or later")
  func unasked() async throws {
    let twice = #"while read -r line; do printf '{"score": 1}\n{"score": 2}\n'; done"#
    let message = await message(twice, rows: 1)
    #expect(
      message?.contains(#"wrote a line that no row asked for, beyond 1 answers: "{"score": 2}""#)
        == true)
    let late = JSONLinesProgram(
      command: #"read -r line; echo '{"score": 1}'; sleep 0.2; echo more; read -r line; sleep 600"#)
    _ = try await late.numbers("score", for: rows(1), within: .seconds(20))
    try await Task.sleep(for: .seconds(1))
    await #expect(throws: ProgramError.self) {
      try await late.numbers("score", for: rows(1), within: .seconds(20))
    }
  }

  @Test("after an error the next batch starts the program again")
  func restarts() async throws {
    let program = JSONLinesProgram(command: #"read -r line; echo '{"score": 7}'; exit 1"#)
    await #expect(throws: ProgramError.self) {
      try await program.numbers("score", for: rows(2), within: .seconds(20))
    }
    #expect(try await program.numbers("score", for: rows(1), within: .seconds(20)) == [7])
  }

  @Test("a task that is cancelled does not wait for the program")
  func cancelled() async {
    let program = JSONLinesProgram(command: "sleep 600")
    let rows = rows(1)
    let task = Task { try await program.numbers("score", for: rows, within: .seconds(500)) }
    try? await Task.sleep(for: .milliseconds(200))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("batches of several tasks do not mix")
  func concurrent() async throws {
    let program = JSONLinesProgram(command: python(echo[0], echo[1]))
    try await withThrowingTaskGroup(of: [Double?].self) { group in
      for _ in 0..<4 {
        group.addTask { try await program.numbers("score", for: rows(50), within: .seconds(30)) }
      }
      for try await scores in group { #expect(scores == (0..<50).map { Double($0) }) }
    }
  }

  @Test("the program ends with the value that started it")
  func lifetime() async throws {
    let identifier: pid_t
    do {
      let program = JSONLinesProgram(
        command: #"while read -r line; do echo "{\"score\": $$}"; done; sleep 600"#)
      let answer = try await program.numbers("score", for: rows(1), within: .seconds(20))
      identifier = pid_t(try #require(answer.first ?? nil))
    }
    var isRunning = true
    for _ in 0..<100 where isRunning {
      isRunning = kill(identifier, 0) == 0
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(!isRunning)
  }
}
