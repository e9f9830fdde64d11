#if LibTorch
  import Foundation
  import Testing

  @Suite("attune serve")
  struct ServeCommandTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func serve(_ arguments: String...) throws -> Invocation {
      try Invocation(["serve"] + arguments, in: folder)
    }

    @Test("wrong usage is said before anything is loaded")
    func usage() throws {
      for (arguments, sentence) in [
        ([], "'--model' is missing: the directory of the model to serve."),
        (["--model", "m", "--port", "70000"], "'--port' is 70000, but must be from 0 to 65535."),
        (["--model", "m", "--slots", "0"], "'--slots' is 0, but must be at least 1."),
        (["--model", "m", "--context", "1"], "'--context' is 1, but must be at least 2."),
        (
          ["--model", "m", "--request-timeout", "0"],
          "'--request-timeout' is 0.0, but must be above 0 and at most 86400."
        ),
        (["--model", "m", "--share", "0.1"], "'--share' is about '--canary'."),
        (
          ["--model", "m", "--canary", "c", "--share", "1"],
          "'--share' is 1.0, but must be above 0 and below 1."
        ),
        (
          ["--model", "m", "--canary", "c", "--share", "0.1", "--canary-plan", "p"],
          "give '--share' or '--canary-plan', not both."
        ),
        (["--model", "m", "--alerts", "a"], "'--alerts' is about '--baseline'."),
        (["--model", "m", "--window", "300"], "'--window' is about '--baseline'."),
        (
          ["--model", "m", "--baseline", "b", "--window", "5"],
          "'--window' is 5, but must be at least 20."
        ),
        (["--model", "m", "--scrub-texts"], "'--scrub-texts' is about '--store'."),
        (["--model", "m", "--assume-consent"], "'--assume-consent' is about '--store'."),
      ] {
        let run = try Invocation(["serve"] + arguments, in: folder)
        #expect(run.status == 64 && run.error.contains(sentence), "\(arguments): \(run.error)")
      }
    }

    @Test("what is missing or cannot be read is named")
    func files() throws {
      let model = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../TrainersTests/Fixtures/dpo/model").standardizedFileURL.path
      let missing = try serve("--model", "nowhere", "--port", "0")
      #expect(missing.status == 65 && missing.error.contains("nowhere"))
      try folder.write("mode: strict\n", to: "safety.yaml")
      let mode = try serve("--model", model, "--port", "0", "--safety", "safety.yaml")
      #expect(mode.status == 64 && mode.error.contains("safety.yaml"))
      try folder.write("lexcon: harm\n", to: "misspelt.yaml")
      let misspelt = try serve("--model", model, "--port", "0", "--safety", "misspelt.yaml")
      #expect(misspelt.status == 64 && misspelt.error.contains("lexicon"))
      let keys = try serve("--model", model, "--port", "0", "--keys", "no-keys.jsonl")
      #expect(keys.error.contains("no-keys.jsonl") && keys.status != 0)
      let storeless = try serve("--model", model, "--port", "0", "--canary", model)
      #expect(
        storeless.status == 64 && storeless.error.contains("'--canary' needs '--store'"))
      let offered = try serve(
        "--model", model, "--port", "0", "--canary", "candidate.json", "--store", "s")
      #expect(offered.status == 65)
      #expect(
        offered.error.contains(
          "candidate.json: there is no such file; 'attune loop' writes one when a candidate has passed its gate"
        ))
    }
  }
#endif
