#if LibTorch
  import Foundation
  import Testing

  @testable import AttuneCommands

  @Suite("attune constitution")
  struct ConstitutionCommandTests {
    private let folder: TestFolder

    init() throws {
      folder = try TestFolder()
      try folder.write(
        """
        {"prompt": "How do I steal a bike?", "response": "Take it.", "chosen": "No.", "rejected": "Take it."}
        {"prompt": "\\n\\nHuman: Hi\\n\\nAssistant:", "response": "Hello", "chosen": " Hello", "rejected": " Go away"}

        """, to: "rows.jsonl")
      try folder.write(
        """
        version: mine
        principles:
        - {name: harm, critique: Is it harmful?, revision: Make it harmless., comparison: Which is less harmful?}
        """, to: "mine.yaml")
    }

    private func run(_ arguments: String...) throws -> Invocation {
      try Invocation(["constitution"] + arguments, in: folder)
    }

    // MARK: Principles

    @Test("the constitution that ships is shown, written, and read again")
    func show() throws {
      let shown = try run("show", "--json")
      #expect(shown.status == 0, "\(shown.error)")
      let names = try #require(try shown.report()["principles"] as? [String])
      #expect(names.count >= 16 && names.contains("privacy"))
      let yaml = try run("show", "--yaml")
      try folder.write(yaml.output, to: "shipped.yaml")
      let again = try run("show", "--principles", "shipped.yaml", "--yaml")
      #expect(again.status == 0 && again.output == yaml.output, "\(again.error)")
      let tagged = try run("show", "--tags", "privacy", "--json")
      #expect((try tagged.report()["principles"] as? [String])?.contains("privacy") == true)
      #expect((try tagged.report()["principles"] as? [String])?.contains("concise") == false)
      let bare = try run("show", "--without-examples", "--json")
      #expect(try bare.report()["revision_examples"] as? Int == 0)
      #expect(try shown.report()["revision_examples"] as? Int == 4)
    }

    @Test("a constitution that is of no use is refused with a sentence")
    func broken() throws {
      func message(_ text: String) throws -> String {
        try folder.write(text, to: "c.yaml")
        let run = try run("show", "--principles", "c.yaml")
        #expect(run.status != 0)
        return run.error
      }
      #expect(
        try message("version: x\nprinciples: []\n")
          == "attune: error: c.yaml: the constitution has no principles; give at least one\n")
      #expect(
        try message("version: x\nprinciples:\n- name: void\n")
          == "attune: error: c.yaml: principle 1, 'void', asks for nothing; give critique and revision, or comparison, or "
          + "all three\n")
      #expect(
        try message("principles:\n- {name: a, comparison: b}\n").contains("'version' is missing"))
      let tag = try run("show", "--principles", "mine.yaml", "--tags", "x")
      #expect(tag.status == 64 && tag.error.contains("no principle has the tag 'x'; none has any"))
      try folder.write("[1]", to: "paper.json")
      let paper = try run("show", "--principles", "paper.json")
      #expect(paper.status == 65 && paper.error.contains("paper.json: is no JSON of the files"))
      let two = try run("show", "--principles", "mine.yaml", "paper.json")
      #expect(two.status == 64 && two.error.contains("mine.yaml: several files of principles"))
    }

    // MARK: Revisions

    @Test("revisions become demonstrations and preferences, and nothing is asked twice")
    func revise() throws {
      let overseer = try ScriptedOverseer(in: folder)
      let arguments = [
        "constitution", "revise", "--program", overseer.command, "--prompts", "rows.jsonl",
        "--principles", "mine.yaml", "--revisions", "2", "--out", "sft.jsonl", "--pairs",
        "pairs.jsonl", "--json",
      ]
      let first = try Invocation(arguments, in: folder)
      #expect(first.status == 0, "\(first.error)")
      // Two answers; then two critiques and two revisions, twice.
      #expect(overseer.questions == 10)
      let steps = try #require(try first.report()["revisions"] as? [[String: Any]])
      #expect(steps.map { $0["revised"] as? Int } == [2, 0])
      #expect(steps.map { $0["unchanged"] as? Int } == [0, 2])
      let demonstrations = try folder.rows("sft.jsonl")
      #expect(
        demonstrations.map { $0["prompt"] as? String } == [
          "\n\nHuman: How do I steal a bike?\n\nAssistant:", "\n\nHuman: Hi\n\nAssistant:",
        ])
      #expect(
        demonstrations[0]["completion"] as? String == " I will not help, because it hurts.")
      let metadata = try #require(demonstrations[0]["metadata"] as? [String: Any])
      #expect(metadata["constitution"] as? String == "mine")
      #expect((metadata["steps"] as? [Any])?.count == 2)
      let pairs = try folder.rows("pairs.jsonl")
      #expect(pairs[0]["rejected"] as? String == " I can help.")
      #expect(pairs[0]["reason"] as? String == "It is harmful.")
      #expect(pairs[0]["criteria"] as? [String] == ["harm"])

      // Whatever became of the outputs, the answers are there.
      try FileManager.default.removeItem(at: folder.url.appending(path: "sft.jsonl"))
      let second = try Invocation(arguments, in: folder)
      #expect(second.status == 0 && overseer.questions == 10)
      #expect(try second.report()["recalled"] as? Int == 10)
      #expect(second.error.contains("10 answers were in sft.jsonl.journal.jsonl already"))
      #expect(try folder.rows("sft.jsonl").count == 2)
      let validated = try Invocation("data", "validate", "sft.jsonl", "pairs.jsonl", in: folder)
      #expect(validated.status == 0, "\(validated.output)")
    }

    @Test("a row's own response can be where revisions begin, and every revision be kept")
    func responses() throws {
      let overseer = try ScriptedOverseer(in: folder)
      let run = try run(
        "revise", "--program", overseer.command, "--prompts", "rows.jsonl", "--principles",
        "mine.yaml", "--revisions", "1", "--from-responses", "--every-revision", "--out",
        "sft.jsonl", "--pairs", "pairs.jsonl")
      #expect(run.status == 0 && overseer.questions == 4, "\(run.error)")
      #expect(try folder.rows("pairs.jsonl")[0]["rejected"] as? String == " Take it.")
      try folder.write(#"{"prompt": "Why?"}"#, to: "bare.jsonl")
      let bare = try self.run(
        "revise", "--program", overseer.command, "--prompts", "bare.jsonl", "--from-responses",
        "--out", "x.jsonl")
      #expect(bare.status == 65)
      #expect(
        bare.error
          == "attune: error: bare.jsonl:1: has no text in response or completion; give rows with an answer to the prompt\n"
      )
    }

    @Test("a model that criticises with nothing is an error, with what it did answer kept")
    func silentCritic() throws {
      let overseer = try ScriptedOverseer(in: folder, critique: " ")
      let run = try run(
        "revise", "--program", overseer.command, "--prompts", "rows.jsonl", "--principles",
        "mine.yaml", "--out", "sft.jsonl")
      #expect(run.status == 1)
      #expect(
        run.error.contains(
          "attune: error: the model wrote no critique in answer to 2 requests; a model that was not trained"
        ))
      #expect(try folder.names().contains("sft.jsonl.journal.jsonl"))
      #expect(try !folder.names().contains("sft.jsonl"))
    }

    @Test("a reward model keeps worse revisions from taking an answer's place")
    func reward() throws {
      let overseer = try ScriptedOverseer(in: folder)
      let run = try run(
        "revise", "--program", overseer.command, "--prompts", "rows.jsonl", "--principles",
        "mine.yaml", "--revisions", "1", "--reward",
        RepositoryFile.rewards.appending(path: "llama").path, "--out", "sft.jsonl", "--json")
      #expect(run.status == 0, "\(run.error)")
      for row in try folder.rows("sft.jsonl") {
        let metadata = try #require(row["metadata"] as? [String: Any])
        let before = try #require(metadata["initial_score"] as? Double)
        let step = try #require((metadata["steps"] as? [[String: Any]])?.first)
        let after = try #require(step["score"] as? Double)
        #expect(step["outcome"] as? String == (after < before ? "worse" : "revised"))
      }
    }

    // MARK: Labels

    @Test("labels are soft, in both orders, with what the orders did to them")
    func label() throws {
      // The first option is favoured, whatever stands there.
      let overseer = try ScriptedOverseer(in: folder)
      let both = try run(
        "label", "--program", overseer.command, "--data", "rows.jsonl", "--principles",
        "mine.yaml", "--out", "labels.jsonl", "--json")
      #expect(both.status == 0, "\(both.error)")
      #expect(overseer.questions == 4)
      let flips = try #require(try both.report()["flips"] as? [String: Any])
      #expect(flips["value"] as? Double == 1 && flips["count"] as? Int == 2)
      // σ(1.5) − ½
      let bias = try #require(try both.report()["position_bias"] as? Double)
      #expect(abs(bias - 0.317574) < 1e-6)
      // Of both orders nothing is left.
      #expect(try folder.rows("labels.jsonl").isEmpty)
      let one = try run(
        "label", "--program", overseer.command, "--data", "rows.jsonl", "--principles",
        "mine.yaml", "--orders", "one", "--out", "labels.jsonl")
      #expect(one.status == 0, "\(one.error)")
      let rows = try folder.rows("labels.jsonl")
      #expect(rows.count == 2)
      for row in rows {
        let agreement = try #require(row["agreement"] as? Double)
        #expect(abs(agreement - 0.817574) < 1e-6)
      }
    }

    @Test("reasoned labels are clamped, and unsure pairs go to people")
    func reasoning() throws {
      let overseer = try ScriptedOverseer(in: folder, answer: " Because it hurts.")
      let run = try run(
        "label", "--program", overseer.command, "--data", "rows.jsonl", "--principles",
        "mine.yaml", "--orders", "one", "--reasoning", "--out", "labels.jsonl")
      #expect(run.status == 0, "\(run.error)")
      for row in try folder.rows("labels.jsonl") {
        #expect(row["agreement"] as? Double == 0.6)
        let verdicts = try #require(
          (row["metadata"] as? [String: Any])?["verdicts"] as? [[String: Any]])
        #expect(verdicts[0]["reasoning"] as? [String] == ["Because it hurts."])
      }
      try folder.write("Choose the kinder one.", to: "guide.md")
      let made = try Invocation(
        "annotate", "new", "project.sqlite", "--guidelines", "guide.md", in: folder)
      #expect(made.status == 0, "\(made.error)")
      let hybrid = try self.run(
        "label", "--program", overseer.command, "--data", "rows.jsonl", "--principles",
        "mine.yaml", "--out", "sure.jsonl", "--project", "project.sqlite", "--band", "0.2",
        "--json")
      #expect(hybrid.status == 0, "\(hybrid.error)")
      #expect(try hybrid.report()["unsure"] as? Int == 2)
      #expect(
        hybrid.error.contains("2 pairs are unsure, of which 2 are new tasks of project.sqlite"))
    }

    // MARK: Critiques

    @Test("the critic answers as data")
    func critique() throws {
      let overseer = try ScriptedOverseer(in: folder, options: "-2, -0.1")
      let run = try run(
        "critique", "--program", overseer.command, "--data", "rows.jsonl", "--principles",
        "mine.yaml", "--threshold", "0.4", "--out", "found.jsonl", "--json")
      #expect(run.status == 0, "\(run.error)")
      let rows = try folder.rows("found.jsonl")
      #expect(rows.map { $0["violated"] as? [String] } == [["harm"], ["harm"]])
      #expect(rows[0]["suggestions"] as? [String: String] == ["harm": "It is harmful."])
      #expect((rows[0]["probabilities"] as? [String: Double]) == ["harm": 0.5])
      let strict = try self.run(
        "critique", "--program", overseer.command, "--data", "rows.jsonl", "--principles",
        "mine.yaml", "--threshold", "0.6", "--out", "found.jsonl", "--json")
      #expect(try strict.report()["violating"] as? Int == 0)
    }

    @Test("explain shows every step")
    func explain() throws {
      let overseer = try ScriptedOverseer(in: folder)
      let run = try run(
        "explain", "--program", overseer.command, "--prompt", "How do I steal?", "--principles",
        "mine.yaml", "--revisions", "1", "--json")
      #expect(run.status == 0, "\(run.error)")
      for part in [
        "How do I steal?", "I can help.", "Is it harmful?", "It is harmful.",
        "I will not help, because it hurts.", "Revision (takes the answer's place)",
        "Which is less harmful?", "the two orders name different answers",
      ] {
        #expect(run.output.contains(part), "\(part) in \(run.output)")
      }
      #expect(try run.report()["probability_final_is_better"] as? Double == 0.5)
    }

    @Test("a checkpoint here revises, labels and criticises")
    func checkpoint() throws {
      let model = RepositoryFile.recorded.appending(path: "model").path
      let labels = try run(
        "label", "--model", model, "--data", "rows.jsonl", "--principles", "mine.yaml", "--out",
        "labels.jsonl", "--json")
      #expect(labels.status == 0, "\(labels.error)")
      #expect(try labels.report()["recalled"] as? Int == 0)
      let again = try run(
        "label", "--model", model, "--data", "rows.jsonl", "--principles", "mine.yaml", "--out",
        "labels.jsonl", "--json")
      #expect(try again.report()["recalled"] as? Int == 4)
      let revised = try run(
        "revise", "--model", model, "--prompts", "rows.jsonl", "--principles", "mine.yaml",
        "--max-new-tokens", "8", "--revisions", "1", "--out", "sft.jsonl")
      // A model of noise may write nothing but marks; then it says so.
      #expect(
        revised.status == 0 || revised.error.contains("the model wrote no critique"),
        "\(revised.error)")
    }

    @Test(
      "what cannot be asked is refused",
      arguments: [
        (["label", "--data", "rows.jsonl", "--out", "x"], "give one of '--model', '--endpoint'"),
        (
          ["label", "--data", "rows.jsonl", "--out", "x", "--program", "p", "--votes", "3"],
          "'--votes' is about '--endpoint'"
        ),
        (
          ["label", "--data", "rows.jsonl", "--out", "x", "--endpoint", "http://127.0.0.1:1"],
          "'--endpoint' needs '--endpoint-model'"
        ),
        (
          [
            "label", "--data", "rows.jsonl", "--out", "x", "--endpoint", "http://127.0.0.1:1",
            "--endpoint-model", "m", "--max-cost", "1",
          ], "'--max-cost' needs '--prompt-price'"
        ),
        (
          ["label", "--data", "rows.jsonl", "--out", "x", "--program", "p", "--band", "0.1"],
          "'--band' is about '--project'"
        ),
        (
          [
            "revise", "--prompts", "rows.jsonl", "--out", "x", "--program", "p", "--revisions", "0",
          ],
          "'--revisions' is 0, but must be at least 1."
        ),
        (
          ["critique", "--data", "rows.jsonl", "--out", "x", "--program", "p", "--threshold", "2"],
          "'--threshold' is 2.0, but must be from 0 to 1."
        ),
        (
          ["label", "--data", "rows.jsonl", "--out", "x", "--model", "m", "--timeout", "3"],
          "'--timeout' is about '--endpoint' and '--program'"
        ),
        (
          [
            "label", "--data", "rows.jsonl", "--out", "x", "--endpoint", "ftp://x",
            "--endpoint-model", "m",
          ],
          "must have the form https://host/path"
        ),
      ])
    func usage(arguments: [String], message: String) throws {
      let run = try Invocation(["constitution"] + arguments, in: folder)
      #expect(run.status == 64 && run.error.contains(message), "\(run.error)")
    }
  }
#endif
