#if LibTorch
  import Foundation
  import PreferenceData
  import Testing

  /// The program itself, killed and started again.
  @Suite("attune dpo --resume")
  struct ResumeCommandTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func arguments(_ out: String, steps: Int, saveSteps: Int) -> [String] {
      [
        "dpo", "--model", RepositoryFile.recorded.appending(path: "model").path,
        "--data", RepositoryFile.recorded.appending(path: "pairs.jsonl").path, "--out", out,
        "--max-steps", "\(steps)", "--save-steps", "\(saveSteps)", "--learning-rate", "1e-4",
        "--batch-size", "3", "--logging-steps", "2", "--threads", "1", "--reference-cache",
        folder.url.appending(path: "cache").path,
      ]
    }

    private func bytes(_ path: String) throws -> Data {
      try Data(contentsOf: folder.url.appending(path: path))
    }

    private func expectSame(_ name: String, as other: String) throws {
      for file in ["model.safetensors", "metrics.jsonl"] {
        #expect(try bytes("\(name)/\(file)") == bytes("\(other)/\(file)"), "\(file)")
      }
    }

    /// Starts the run, kills it some moment later, and so on until it has been killed often enough;
    /// what is left then runs to its end.
    private func expectSurvival(kills: Int, steps: Int) throws {
      let whole = try Invocation(arguments("whole", steps: steps, saveSteps: 0), in: folder)
      #expect(whole.status == 0, "\(whole.error)")
      var random = SeededGenerator(seed: 7)
      var killed = 0
      while killed < kills {
        let process = try Invocation.process(
          arguments("killed", steps: steps, saveSteps: 1) + ["--resume"], in: folder)
        let errors = try folder.emptyFile("errors")
        process.standardError = errors
        process.standardOutput = errors
        try process.runUnblocked()
        // The program needs some tenths of a second until its first step.
        Thread.sleep(forTimeInterval: 0.1 + Double(random.uniform(below: 1000)) / 1000)
        guard process.isRunning else {
          process.waitUntilExit()
          Issue.record("the run ended after \(killed) kills: \(try folder.text("errors"))")
          return
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        killed += 1
      }
      let last = try Invocation(
        arguments("killed", steps: steps, saveSteps: 1) + ["--resume"], in: folder)
      #expect(last.status == 0, "\(last.error)")
      try expectSame("killed", as: "whole")
      let checkpoints = try FileManager.default.contentsOfDirectory(
        atPath: folder.url.appending(path: "killed/checkpoints").path)
      #expect(checkpoints.sorted() == ["step-\(steps - 1)", "step-\(steps - 2)"].sorted())
    }

    @Test("killed three times at any moment, a run ends as if it had not been")
    func killed() throws { try expectSurvival(kills: 3, steps: 120) }

    @Test(
      "killed twenty times",
      .enabled(
        if: ProcessInfo.processInfo.environment["ATTUNE_SLOW"] == "1",
        "slow: set ATTUNE_SLOW=1, or run make check-slow"))
    func killedOften() throws { try expectSurvival(kills: 20, steps: 1500) }

    // Not SIGINT: whoever runs tests in the background may have it ignored for all that they start.
    @Test("a signal leaves a checkpoint, a sentence and its status; --resume and --out are enough")
    func signal() throws {
      let whole = try Invocation(arguments("whole", steps: 60, saveSteps: 0), in: folder)
      #expect(whole.status == 0)
      let process = try Invocation.process(
        arguments("run", steps: 60, saveSteps: 0), in: folder)
      process.standardError = try folder.emptyFile("errors")
      process.standardOutput = try folder.emptyFile("output")
      try process.runUnblocked()
      while process.isRunning, ((try? bytes("run/metrics.jsonl").count) ?? 0) == 0 { usleep(2000) }
      kill(process.processIdentifier, SIGTERM)
      process.waitUntilExit()
      #expect(process.terminationStatus == 143)
      let errors = try folder.text("errors")
      #expect(errors.contains("--resume goes on from run/checkpoints/step-"), "\(errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/run/config.json"))
      let resumed = try Invocation(["dpo", "--resume", "--out", "run"], in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(resumed.error.contains("attune: going on after step "))
      try expectSame("run", as: "whole")
      let again = try Invocation(["dpo", "--resume", "--out", "run", "--json"], in: folder)
      #expect(again.status == 0)
      #expect(again.error.contains("the run is complete: all 60 steps are done"))
    }

    @Test("a disk that takes no more is an error, and the run can go on when there is room")
    func fullDisk() throws {
      let whole = try Invocation(arguments("whole", steps: 4, saveSteps: 0), in: folder)
      #expect(whole.status == 0)
      let program = try Invocation.process([], in: folder)
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.currentDirectoryURL = folder.url
      // A limit on the size of files stands for the disk: 64 blocks of 512 bytes or 1 KiB.
      let command =
        [program.executableURL?.path ?? ""]
        + arguments("run", steps: 4, saveSteps: 2)
      shell.arguments = ["-c", "ulimit -f 64; trap '' XFSZ; exec \"$@\"", "sh"] + command
      shell.environment = program.environment
      shell.standardError = try folder.emptyFile("errors")
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 1)
      let errors = try folder.text("errors")
      #expect(errors.contains("cannot write: File too large; check the path"), "\(errors)")
      let checkpoints = folder.url.appending(path: "run/checkpoints").path
      #expect(((try? FileManager.default.contentsOfDirectory(atPath: checkpoints)) ?? []) == [])
      let resumed = try Invocation(["dpo", "--resume", "--out", "run"], in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
      try expectSame("run", as: "whole")
    }

    @Test("--resume and --overwrite exclude each other; a folder without a run is not resumed")
    func usage() throws {
      let both = try Invocation(
        arguments("run", steps: 1, saveSteps: 0) + ["--resume", "--overwrite"], in: folder)
      #expect(both.status == 64)
      #expect(
        both.error.contains(
          "--resume goes on with a run and --overwrite replaces it; give one of them"))
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "other"), withIntermediateDirectories: true)
      try folder.write("mine", to: "other/notes.md")
      let foreign = try Invocation(
        arguments("other", steps: 1, saveSteps: 0) + ["--resume"], in: folder)
      #expect(foreign.status == 64)
      #expect(foreign.error.contains("other: holds files but no run (run.json is missing)"))
    }

    @Test("other settings than the run began with are wrong usage")
    func foreign() throws {
      let process = try Invocation.process(arguments("run", steps: 60, saveSteps: 1), in: folder)
      process.standardError = try folder.emptyFile("errors")
      try process.runUnblocked()
      while process.isRunning, ((try? bytes("run/metrics.jsonl").count) ?? 0) < 300 { usleep(2000) }
      kill(process.processIdentifier, SIGTERM)
      process.waitUntilExit()
      let changed = try Invocation(
        ["dpo", "--resume", "--out", "run", "--beta", "0.3"], in: folder)
      #expect(changed.status == 64)
      #expect(changed.error.contains("belongs to another run: beta was 0.1 and is 0.3"))
    }
  }
#endif
