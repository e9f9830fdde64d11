#if LibTorch
  import Foundation
  import Testing

  @testable import AttuneCommands

  @Suite("attune chat")
  struct ChatCommandTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path

    init() throws { folder = try TestFolder() }

    private func chat(
      _ lines: [String], _ arguments: String...
    ) throws -> (output: String, error: String, status: Int32) {
      try folder.write(lines.map { $0 + "\n" }.joined(), to: "input")
      let process = try Invocation.process(
        ["chat", "--model", model, "--greedy"] + arguments, in: folder)
      let (output, error) = (try folder.emptyFile("output"), try folder.emptyFile("error"))
      process.standardInput = try FileHandle(
        forReadingFrom: folder.url.appending(path: "input"))
      process.standardOutput = output
      process.standardError = error
      try process.run()
      process.waitUntilExit()
      return (try folder.text("output"), try folder.text("error"), process.terminationStatus)
    }

    @Test("each line is answered as generate would, in the light of what was said before")
    func answers() throws {
      let first = try Invocation(
        "generate", "--model", model, "--greedy", "--max-new-tokens", "6", "--stop", "\n\nHuman:",
        "--prompt", "Human: Why\n\nAssistant:", in: folder
      ).output
      let run = try chat(["Why", "", "And you", "/reset", "Why"], "--max-new-tokens", "6")
      #expect(run.status == 0, "\(run.error)")
      let second = try Invocation(
        "generate", "--model", model, "--greedy", "--max-new-tokens", "6", "--stop", "\n\nHuman:",
        "--prompt",
        "Human: Why\n\nAssistant:\(first.dropLast())\n\nHuman: And you\n\nAssistant:", in: folder
      ).output
      #expect(run.output == first + second + first)
      #expect(try chat(["Why", "/quit", "Why"], "--max-new-tokens", "6").output == first)
    }

    @Test("what does not fit at all is said")
    func tooLong() throws {
      let run = try chat([String(repeating: "why ", count: 4000)], "--max-new-tokens", "6")
      #expect(run.status == 64 && run.error.contains("say less, or lower --max-new-tokens"))
    }

    @Test("the oldest exchanges go first, the last one stays")
    func shortening() {
      var conversation = Dialogue()
      for number in 1...3 {
        conversation.ask("q\(number)")
        if number < 3 { conversation.answer(" a\(number)") }
      }
      let all =
        "Human: q1\n\nAssistant: a1\n\nHuman: q2\n\nAssistant: a2\n\nHuman: q3\n\nAssistant:"
      #expect(conversation.prompt == all)
      var one = conversation
      #expect(one.shorten { $0.count < all.count } == 1)
      #expect(one.prompt == "Human: q2\n\nAssistant: a2\n\nHuman: q3\n\nAssistant:")
      #expect(conversation.shorten { _ in false } == 2)
      #expect(conversation.prompt == "Human: q3\n\nAssistant:")
    }
  }
#endif
