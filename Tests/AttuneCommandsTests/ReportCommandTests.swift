import Foundation
import RunRecords
import Testing

@testable import AttuneCommands

@Suite("attune report")
struct ReportCommandTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func writeRun(_ name: String, loss: Double, steps: Int = 3) throws {
    let run = try RunDirectory(
      at: RunDestination(path: folder.url.appending(path: name).path),
      manifest: RunManifest(
        attune: "0.1.0", command: ["attune", "dpo", "--out", name], method: "dpo",
        startedAt: Date(timeIntervalSince1970: 1_795_262_400), seed: 1, data: [], rows: 8,
        droppedRows: [:]))
    try run.write("beta: 0.1\n", to: "attune.yaml")
    let log = try run.openMetricsLog()
    for step in 0..<steps {
      try log.append(MetricsEntry(step: step + 1, values: [.loss: loss, .gradientNorm: .nan]))
    }
    if steps > 0 { try run.amend { $0.finishedSteps = steps } }
  }

  private func report(_ arguments: String..., path: String? = nil) throws -> Invocation {
    try Invocation(
      ["report"] + arguments, in: folder, environment: path.map { ["PATH": $0] } ?? [:])
  }

  @Test("a run has its page; one that is there is replaced, whole")
  func one() throws {
    try writeRun("run", loss: 0.25)
    try folder.write("old", to: "page.html")
    let run = try report("run", "--out", "page.html", "--json")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error == "attune: the page is in page.html\n")
    #expect(run.output.contains("\nrun  dpo         3  finished  0.2500       –     –  –\n"))
    let page = try folder.text("page.html")
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<h1>Direct preference optimization</h1>"))
    #expect(page.contains("attune 0.1.0 report"))
    #expect(try folder.names() == ["page.html", "run"])
    let object = try run.report()
    #expect(object["page"] as? String == "page.html")
    let entry = try #require((object["runs"] as? [[String: Any]])?.first)
    #expect(entry["path"] as? String == "run" && entry["method"] as? String == "dpo")
    #expect(entry["finished"] as? Bool == true && entry["steps"] as? Int == 3)
    #expect((entry["resumed_after"] as? [Int])?.isEmpty == true)
    #expect(entry["verdict"] is NSNull && entry["seconds"] is NSNull)
    let last = try #require(entry["last"] as? [String: Any])
    #expect(last["loss"] as? Double == 0.25 && last["grad_norm"] is NSNull)
  }

  @Test("several runs are compared; a run without steps has a page that says so")
  func several() throws {
    try writeRun("a", loss: 0.25)
    try writeRun("b", loss: 0.5, steps: 0)
    let both = try report("a", "b", "--out", "both.html")
    #expect(both.status == 0, "\(both.error)")
    let page = try folder.text("both.html")
    #expect(page.contains("<h1>2 runs side by side</h1>"))
    #expect(both.output.contains("\nb    dpo         0  not finished       –"))
    #expect(try report("b", "--out", "b.html").status == 0)
    #expect(try folder.text("b.html").contains("No step has been logged yet"))
    // An ensemble stands for its members.
    try writeRun("e/member-1", loss: 1)
    try writeRun("e/member-2", loss: 2)
    let ensemble = try report("e", "--out", "e.html", "--json")
    let runs = try #require(try ensemble.report()["runs"] as? [[String: Any]])
    #expect(runs.map { $0["path"] as? String } == ["e/member-1", "e/member-2"])
  }

  @Test("what could not be read is said, on the page and beside it")
  func notes() throws {
    try writeRun("run", loss: 1)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "run/evaluations"), withIntermediateDirectories: true)
    try folder.write("{}", to: "run/evaluations/reward.json")
    let run = try report("run", "--out", "page.html")
    #expect(run.status == 0)
    let note = "run/evaluations/reward.json: `format_version` is missing"
    #expect(run.error.contains("attune: \(note)"))
    #expect(try folder.text("page.html").contains(note))
  }

  @Test("--open shows the page by the system's program, and says where there is none")
  func opening() throws {
    try writeRun("run", loss: 1)
    let bin = folder.url.appending(path: "bin").path
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    let path = "\(bin):/usr/bin:/bin"
    func program(_ script: String) throws {
      try folder.write("#!/bin/sh\n\(script)\n", to: "bin/\(PageOpening.program)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(bin)/\(PageOpening.program)")
    }
    try program("printf %s \"$1\" > '\(folder.url.path)/opened'")
    let shown = try report("run", "--out", "page.html", "--open", path: path)
    #expect(shown.status == 0 && shown.error == "attune: the page is in page.html\n")
    #expect(try folder.text("opened").hasSuffix("/page.html"))
    #expect(try folder.text("opened").hasPrefix("/"))
    try program("exit 3")
    let failed = try report("run", "--out", "page.html", "--open", path: path)
    #expect(failed.status == 0)
    #expect(
      failed.error.contains("page.html was not opened: \(PageOpening.program) ended with status 3"))
    let none = try report("run", "--out", "page.html", "--open", path: "\(folder.url.path)/nowhere")
    #expect(none.status == 0)
    #expect(none.error.contains("page.html was not opened: there is no program"))
    // Without the flag nothing is opened.
    try FileManager.default.removeItem(at: folder.url.appending(path: "opened"))
    try program("printf %s \"$1\" > '\(folder.url.path)/opened'")
    #expect(try report("run", "--out", "page.html", path: path).status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/opened"))
  }

  @Test("wrong usage is 64, no run is 65, and neither leaves a page")
  func mistakes() throws {
    try writeRun("run", loss: 1)
    for (arguments, status, message) in [
      (
        ["run", "--out", "page.txt"], 64,
        "'--out' is 'page.txt', but the page's name must end in .html"
      ),
      (["run", "run", "--out", "p.html"], 64, "'run' is given twice; give each run once"),
      (["--out", "p.html"], 64, "Missing expected argument '<run> ...'"),
      (["run"], 64, "Missing expected argument '--out <file.html>'"),
      (["run", "--out", "none/p.html"], 64, "none/p.html: cannot create the file"),
      (["none", "--out", "p.html"], 65, "none: there is no such directory; give the --out of a"),
      (["run/run.json", "--out", "p.html"], 65, "run/run.json: is a file and no directory"),
      (["run", ".", "--out", "p.html"], 65, ".: holds no run: run.json is missing"),
    ] as [([String], Int32, String)] {
      let run = try Invocation(["report"] + arguments, in: folder)
      #expect(run.status == status, "\(arguments): \(run.error)")
      #expect(run.error.contains(message) && run.output.isEmpty, "\(run.error)")
    }
    try folder.write("no log\n", to: "run/metrics.jsonl")
    let broken = try report("run", "--out", "p.html")
    #expect(
      broken.status == 65 && broken.error.contains("run/metrics.jsonl:1: is not a logged step"))
    #expect(try folder.names() == ["run"])
  }
}

#if LibTorch
  @Suite("report.html of training commands")
  struct TrainingReportFileTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let pairs = RepositoryFile.recorded.appending(path: "pairs.jsonl").path

    init() throws { folder = try TestFolder() }

    private func train(_ verb: String, _ arguments: String..., out: String) throws -> Invocation {
      let data = verb == "grpo" ? "--prompts" : "--data"
      return try Invocation(
        [
          verb, "--model", model, data, pairs, "--out", out, "--batch-size", "4", "--max-steps",
          "2",
        ]
          + arguments, in: folder)
    }

    private func files(_ run: String) throws -> [String] {
      let manifest = try JSONSerialization.jsonObject(
        with: Data(try folder.text("\(run)/run.json").utf8))
      return try #require((manifest as? [String: Any])?["files"] as? [String])
    }

    @Test("every method leaves its page, and all runs make one")
    func methods() throws {
      let cache = ["--reference-cache", "cache"]
      let runs: [(verb: String, title: String, section: String, more: [String])] = [
        ("sft", "Supervised fine-tuning", "Loss", []),
        ("reward", "Reward model", "Preferences", ["--eval-fraction", "0.25"]),
        ("dpo", "Direct preference optimization", "Preferences", cache),
        ("kto", "Learning from single judgments", "Preferences", cache),
        (
          "grpo", "Group relative policy optimization", "Rewards and distance",
          [
            "--reward-gold", "--num-generations", "4", "--max-completion-length", "6",
            "--judge-gold",
            "--eval-fraction", "0.25", "--eval-steps", "1", "--log-completions-steps", "1",
          ]
        ),
      ]
      for (verb, title, section, more) in runs {
        let data = verb == "grpo" ? "--prompts" : "--data"
        let run = try Invocation(
          [
            verb, "--model", model, data, pairs, "--out", verb, "--batch-size", "4", "--max-steps",
            "2",
          ]
            + more, in: folder)
        #expect(run.status == 0, "\(run.error)")
        #expect(
          run.error.hasSuffix("attune: the report is in \(verb)/report.html\n"), "\(run.error)")
        let page = try folder.text("\(verb)/report.html")
        #expect(page.contains("<h1>\(title)</h1>") && page.contains(">\(section)</h2>"))
        #expect(page.contains("finished, 2 steps") && page.hasSuffix("</html>\n"))
        #expect(try files(verb).contains("report.html"))
      }
      let grpo = try folder.text("grpo/report.html")
      #expect(grpo.contains(">Gold and proxy</h2>") && grpo.contains(">undecided</span>"))
      #expect(grpo.contains(">Before and after</h2>"))
      let all = try Invocation(["report"] + runs.map(\.verb) + ["--out", "all.html"], in: folder)
      #expect(all.status == 0, "\(all.error)")
      let page = try folder.text("all.html")
      #expect(page.contains("<h1>5 runs side by side</h1>") && page.contains(">Curves</h2>"))
      // A page is no obstacle to starting over.
      let again = try train("sft", "--overwrite", out: "sft")
      #expect(again.status == 0, "\(again.error)")
    }

    @Test("a stopped run has a page that says so, and resuming makes it anew")
    func stopped() throws {
      let process = try Invocation.process(
        [
          "sft", "--model", model, "--data", pairs, "--out", "run", "--batch-size", "2",
          "--max-steps", "400", "--save-steps", "0", "--threads", "1",
        ], in: folder)
      process.standardError = try folder.emptyFile("errors")
      process.standardOutput = try folder.emptyFile("output")
      try process.runUnblocked()
      let log = folder.url.path + "/run/metrics.jsonl"
      while process.isRunning, ((try? Data(contentsOf: URL(filePath: log)).count) ?? 0) == 0 {
        usleep(2000)
      }
      kill(process.processIdentifier, SIGTERM)
      process.waitUntilExit()
      #expect(process.terminationStatus == 143)
      #expect(try folder.text("run/report.html").contains("not finished: logged up to step "))
      #expect(try folder.text("errors").hasSuffix("attune: the report is in run/report.html\n"))
      let steps = try #require(try folder.rows("run/metrics.jsonl").last?["step"] as? Int)
      let resumed = try Invocation(
        ["sft", "--resume", "--out", "run", "--max-steps", "\(steps + 2)"], in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
      let page = try folder.text("run/report.html")
      #expect(page.contains("finished, \(steps + 2) steps") && page.contains(">resumed</th>"))
      #expect(!page.contains("not finished"))
    }

    @Test("a page that cannot be written is a note, and the run is fine")
    func unwritable() throws {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "run"), withIntermediateDirectories: true)
      let whole = try train("sft", out: "run")
      #expect(whole.status == 0)
      // A directory in its place cannot be replaced by a file.
      try FileManager.default.removeItem(at: folder.url.appending(path: "run/report.html"))
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "run/report.html"), withIntermediateDirectories: true)
      let again = try Invocation("sft", "--resume", "--out", "run", in: folder)
      #expect(again.status == 0, "\(again.error)")
      #expect(
        again.error.contains("attune: no report was written: run/report.html: is not a regular"))
    }

    @Test("a run that fails after it has begun has a page too, one that never began has none")
    func failed() throws {
      try folder.write(
        """
        while read -r line; do
          echo x >> asked
          if [ $(wc -l < asked) -gt 4 ]; then exit 3; fi
          echo "{\\"score\\": ${#line}}"
        done

        """, to: "program.sh")
      let failed = try train(
        "grpo", "--reward-program", "sh program.sh", "--num-generations", "4",
        "--max-completion-length", "4", out: "run")
      #expect(failed.status == 1)
      #expect(failed.error.contains("attune: the report is in run/report.html\n"))
      #expect(try folder.text("run/report.html").contains("not finished: logged up to step 1"))
      let refused = try train("sft", out: "run")
      #expect(refused.status == 64 && !refused.error.contains("report"))
    }

    @Test("each member of an ensemble of reward models has a page")
    func ensemble() throws {
      let run = try train(
        "reward", "--ensemble-size", "2", "--ensemble-type", "models", out: "run")
      #expect(run.status == 0, "\(run.error)")
      for member in 1...2 {
        #expect(run.error.contains("attune: the report is in run/member-\(member)/report.html\n"))
        #expect(try files("run/member-\(member)").contains("report.html"))
      }
      #expect(try !folder.names("run").contains("report.html"))
    }
  }
#endif
