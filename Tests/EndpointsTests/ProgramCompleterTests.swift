import Endpoints
import PreferenceData
import Testing

@Suite("Programs that complete", .timeLimit(.minutes(1)))
struct ProgramCompleterTests {
  /// A program that answers every row with the same line.
  private func program(_ line: String) -> ProgramCompleter {
    ProgramCompleter(
      program: JSONLinesProgram(command: "while read -r row; do printf '%s\\n' '\(line)'; done"),
      limit: .seconds(20))
  }

  private func message(_ line: String) async -> String {
    do {
      return "\(try await program(line).completions(of: [CompletionRequest("a")]))"
    } catch {
      return "\(error)"
    }
  }

  private func message(_ line: String, options: [String]) async -> String {
    do {
      let question = OptionQuestion("a", options: options)
      return "\(try await program(line).logProbabilities(of: [question]))"
    } catch {
      return "\(error)"
    }
  }

  /// Answers with the row itself as a text.
  private let mirror = ProgramCompleter(
    program: JSONLinesProgram(
      command: #"sed -u -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/{"completion": "&"}/'"#),
    limit: .seconds(20))

  @Test("a prompt is sent with its draw, and the completion taken")
  func completions() async throws {
    let requests = [
      CompletionRequest("Hi\n"), CompletionRequest("Hi", draw: 7),
      CompletionRequest("", draw: 1 << 60 + 3),
    ]
    #expect(
      try await mirror.completions(of: requests) == [
        #"{"prompt": "Hi\n", "draw": 0}"#, #"{"prompt": "Hi", "draw": 7}"#,
        #"{"prompt": "", "draw": 3}"#,
      ])
    #expect(try await mirror.completions(of: []).isEmpty)
  }

  @Test("a text is sent with its options, and null is impossible")
  func options() async throws {
    // Answers with as many numbers as the row says.
    let program = ProgramCompleter(
      program: JSONLinesProgram(
        command: """
          while read -r row; do case $row in \
          '{"text": "two", "options": [" (A)", "B"]}') echo '{"log_probabilities": [-0.5, null]}';; \
          '{"text": "three", "options": ["a", "b", "c"]}') echo '{"log_probabilities": [0, 1, -2]}';; \
          *) echo '{}';; esac; done
          """), limit: .seconds(20))
    let scores = try await program.logProbabilities(of: [
      OptionQuestion("two", options: [" (A)", "B"]),
      OptionQuestion("three", options: ["a", "b", "c"]),
    ])
    #expect(scores == [[-0.5, -.infinity], [0, 1, -2]])
  }

  @Test(
    "completions that are none",
    arguments: [#"{"text": "b"}"#, #"{"completion": null}"#, #"{"completion": 5}"#])
  func wrongCompletions(line: String) async {
    #expect(
      await message(line).hasSuffix(
        "answered row 1 with \"\(line)\"; it must answer an object with a text as 'completion'"))
  }

  @Test(
    "log probabilities that are none",
    arguments: [
      #"{"log_probabilities": [-1]}"#, #"{"log_probabilities": [-1, -2, -3]}"#,
      #"{"log_probabilities": [null, null]}"#, #"{"log_probabilities": [-1, "x"]}"#,
      #"{"log_probabilities": -1}"#, #"{"completion": "A"}"#,
    ])
  func wrongScores(line: String) async {
    #expect(
      await message(line, options: ["A", "B"]).hasSuffix(
        "answered row 1 with \"\(line)\"; it must answer an object with a list of 2 numbers as "
          + "'log_probabilities'; null stands for an option that is impossible, which not all may be"
      ))
  }

  @Test("a program that dies says why")
  func dies() async {
    let program = ProgramCompleter(
      program: JSONLinesProgram(command: "echo 'no model' >&2; exit 3"), limit: .seconds(20))
    let error = await #expect(throws: ProgramError.self) {
      try await program.completions(of: [CompletionRequest("a")])
    }
    #expect(error?.description.contains("ended with status 3 after 0 of 1 answers") == true)
    #expect(error?.description.hasSuffix("\n    no model") == true)
  }
}
