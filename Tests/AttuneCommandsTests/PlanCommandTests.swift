#if LibTorch
  import Foundation
  import Testing

  @Suite("attune plan")
  struct PlanCommandTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let pairs = RepositoryFile.recorded.appending(path: "pairs.jsonl").path

    init() throws { folder = try TestFolder() }

    @Test("tells what dpo with the same arguments then does, and writes nothing")
    func agreement() throws {
      let arguments = [
        "dpo", "--model", model, "--data", pairs, "--out", "run", "--epochs", "2", "--batch-size",
        "3", "--eval-fraction", "0.25",
      ]
      let plan = try Invocation(["plan"] + arguments + ["--json"], in: folder)
      #expect(plan.status == 0, "\(plan.error)")
      #expect(try folder.names() == [])
      let planned = try plan.report()
      let run = try Invocation(
        arguments + ["--reference-cache", "cache", "--json"], in: folder)
      #expect(run.status == 0, "\(run.error)")
      let done = try run.report()
      #expect(planned["steps"] as? Int == done["steps"] as? Int)
      #expect(planned["tokens"] as? Double == done["num_tokens"] as? Double)
      #expect(planned["epochs"] as? Double == done["epoch"] as? Double)
      #expect((planned["seconds"] as? Double ?? 0) > 0)
      // The place is checked as training checks it.
      let again = try Invocation(["plan"] + arguments, in: folder)
      #expect(again.status == 64)
      #expect(again.error.contains("run: the directory is not empty; choose another --out"))
      #expect(try Invocation(["plan"] + arguments + ["--overwrite"], in: folder).status == 0)
      let resumed = try Invocation("plan", "dpo", "--resume", "--out", "run", "--json", in: folder)
      #expect(try resumed.report()["steps"] as? Int == planned["steps"] as? Int)
    }

    @Test("shows it to a person")
    func text() throws {
      let plan = try Invocation(
        "plan", "dpo", "--model", model, "--data", pairs, "--max-steps", "4", in: folder)
      #expect(plan.status == 0, "\(plan.error)")
      for line in [
        "pairs         8\n", "longest       150 tokens\n",
        "steps         4 of 8 pairs: 4.00 epochs\n",
        "reference     8 pairs, unless they are cached\n", " available\n",
        "\ntime          about 0:0",
      ] { #expect(plan.output.contains(line), "\(line)") }
    }

    @Test("needs no place to write to, but a model and data")
    func missing() throws {
      let plan = try Invocation("plan", "dpo", in: folder)
      #expect(plan.status == 64)
      #expect(plan.error.contains("model is not set: give --model directory"))
      #expect(plan.error.contains("data is not set: give --data file"))
      #expect(!plan.error.contains("out is not set"))
    }
  }
#endif
