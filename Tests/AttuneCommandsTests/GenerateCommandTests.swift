#if LibTorch
  import Foundation
  import Testing

  @Suite("attune generate")
  struct GenerateCommandTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path

    init() throws {
      folder = try TestFolder()
      try folder.write(
        #"{"prompt": "Tell me a story"}"# + "\n" + #"{"prompt": "Why"}"# + "\n", to: "p.jsonl")
    }

    private func generate(_ arguments: String...) throws -> Invocation {
      try Invocation(["generate", "--model", model] + arguments, in: folder)
    }

    private func rows(_ arguments: [String]) throws -> [[String: Any]] {
      let run = try Invocation(
        [
          "generate", "--model", model, "--prompts", "p.jsonl", "--out", "o.jsonl",
          "--max-new-tokens", "12",
        ] + arguments, in: folder)
      #expect(run.status == 0, "\(run.error)")
      return try folder.rows("o.jsonl")
    }

    private func texts(_ arguments: String...) throws -> [String] {
      try rows(arguments).map { try #require($0["completion"] as? String) }
    }

    @Test("a row a prompt, with what was drawn; with --n lists")
    func output() throws {
      let plain = try rows(["--seed", "4"])
      #expect(plain.map { $0["prompt"] as? String } == ["Tell me a story", "Why"])
      for row in plain {
        #expect(row["completion"] is String && (row["log_probability"] as? Double ?? 1) < 0)
        let tokens = try #require(row["tokens"] as? Int)
        #expect((1...12).contains(tokens))
        #expect((row["finish_reason"] as? String) == (tokens == 12 ? "length" : "stop"))
      }
      let several = try rows(["--seed", "4", "--n", "3"])
      for row in several {
        for name in ["completion", "log_probability", "tokens", "finish_reason"] {
          #expect((row[name] as? [Any])?.count == 3)
        }
      }
      #expect((several[0]["completion"] as? [String])?.first == plain[0]["completion"] as? String)
    }

    @Test("figures for programs")
    func report() throws {
      let run = try generate(
        "--prompts", "p.jsonl", "--out", "o.jsonl", "--max-new-tokens", "7", "--min-new-tokens",
        "7",
        "--n", "2", "--json")
      let report = try run.report()
      #expect(report["tokens"] as? Int == 28 && report["completions"] as? Int == 4)
      #expect((report["tokens_per_second"] as? Double ?? 0) > 0)
    }

    @Test("a single prompt is answered on standard output, as the file would have it")
    func streaming() throws {
      let expected = try texts("--greedy")[0]
      let run = try generate("--prompt", "Tell me a story", "--greedy", "--max-new-tokens", "12")
      #expect(run.status == 0 && run.output == expected + "\n")
      let stop = try #require(expected.split(separator: " ").dropFirst().first.map(String.init))
      let stopped = try generate(
        "--prompt", "Tell me a story", "--greedy", "--max-new-tokens", "12", "--stop", stop)
      #expect(expected.hasPrefix(stopped.output.dropLast() + stop))
    }

    @Test(
      "each option changes what is drawn",
      arguments: [
        ["--seed", "9"], ["--temperature", "0.2"], ["--top-k", "1"], ["--top-p", "0.05"],
        ["--min-p", "0.9"], ["--repetition-penalty", "5"], ["--greedy"],
      ])
    func options(_ option: [String]) throws {
      let changed = try rows(option).map { $0["completion"] as? String }
      #expect(try changed != texts())
    }

    @Test("the batch changes nothing")
    func batches() throws {
      #expect(try texts("--seed", "4", "--batch-size", "1") == texts("--seed", "4"))
    }

    @Test(
      "wrong usage is a sentence",
      arguments: [
        ([], "give '--prompts' with '--out', or '--prompt'."),
        (["--prompts", "p.jsonl"], "'--prompts' needs '--out', the file to write."),
        (["--prompts", "p.jsonl", "--prompt", "x"], "give '--prompts' or '--prompt', not both."),
        (["--prompt", "x", "--out", "o"], "'--out' is about '--prompts'."),
        (["--prompt", "x", "--n", "2"], "'--n' is about '--prompts'."),
        (["--prompt", ""], "'--prompt' is empty, but must have a token at least."),
        (["--prompt", "x", "--max-new-tokens", "0"], "must be at least 1."),
        (["--prompt", "x", "--top-k", "0"], "'--top-k' is 0, but must be at least 1."),
        (["--prompt", "x", "--min-new-tokens", "300"], "from 0 to --max-new-tokens, 256."),
        (["--prompt", "x", "--top-p", "0"], "must be above 0 and at most 1."),
        (["--prompt", "x", "--min-p", "2"], "must be from 0 to 1."),
        (["--prompt", "x", "--repetition-penalty", "0"], "must be above 0."),
        (["--prompt", "x", "--stop", ""], "'--stop' is empty, but must be a text."),
        (["--prompt", "x", "--temperature", "0"], "for the most likely token, give '--greedy'."),
        (["--prompt", "x", "--greedy", "--top-p", "0.5"], "leave '--top-p' out."),
      ] as [([String], String)])
    func usage(arguments: [String], message: String) throws {
      let run = try Invocation(["generate", "--model", model] + arguments, in: folder)
      #expect(run.status == 64 && run.error.contains(message), "\(run.error)")
    }

    @Test("an end of sequence that is none is bad data")
    func badEnd() throws {
      let copy = folder.url.appending(path: "m").path
      try FileManager.default.copyItem(atPath: model, toPath: copy)
      try Data(#"{"eos_token_id": "x"}"#.utf8)
        .write(to: folder.url.appending(path: "m/generation_config.json"))
      let run = try Invocation(["generate", "--model", copy, "--prompt", "x"], in: folder)
      #expect(run.status == 65)
      #expect(run.error.contains("eos_token_id that is neither an id nor a list of ids"))
    }

    @Test(
      "a completion ends with the model's positions; a prompt that fills them is told by its row")
    func positions() throws {
      let new = try Invocation(
        "model", "new", "--family", "gpt2", "--tokenizer", RepositoryFile.tokenizer, "--out",
        "gpt2", "--width", "32", "--layers", "1", "--heads", "2", "--position-limit", "16",
        in: folder)
      #expect(new.status == 0, "\(new.error)")
      func run(_ arguments: String...) throws -> Invocation {
        try Invocation(["generate", "--model", "gpt2"] + arguments, in: folder)
      }
      let prompt = "Why is it that you"
      try folder.write(#"{"prompt": "\#(prompt)"}"# + "\n" + #"{"prompt": "a"}"#, to: "p.jsonl")
      let whole = try run("--prompts", "p.jsonl", "--out", "o.jsonl", "--min-new-tokens", "20")
      #expect(whole.status == 0, "\(whole.error)")
      let rows = try folder.rows("o.jsonl")
      #expect(rows.map { $0["finish_reason"] as? String } == ["length", "length"])
      let lengths = try rows.map { try #require($0["tokens"] as? Int) }
      #expect(lengths[1] == 15 && lengths[0] < 15)

      let long = Array(repeating: prompt, count: 9).joined(separator: " ")
      try folder.write(#"{"prompt": "a"}"# + "\n" + #"{"prompt": "\#(long)"}"#, to: "p.jsonl")
      let refused = try run("--prompts", "p.jsonl", "--out", "o2.jsonl")
      #expect(refused.status == 65)
      #expect(refused.error.contains("p.jsonl:2: the prompt has "))
      #expect(
        refused.error.contains(
          "which leaves no room for a completion in the 16 positions of the model"))
      let single = try run("--prompt", long)
      #expect(single.status == 65 && single.error.contains("--prompt has "), "\(single.error)")
    }
  }
#endif
