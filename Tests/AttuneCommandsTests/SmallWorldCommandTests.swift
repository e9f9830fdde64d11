#if LibTorch
  import Foundation
  import Pipelines
  import Testing

  @Suite("attune quickstart and experiment")
  struct SmallWorldCommandTests {
    private let folder: TestFolder

    init() throws {
      folder = try TestFolder()
      for name in ["work", "q", "e"] {
        try FileManager.default.createDirectory(
          at: folder.url.appending(path: name), withIntermediateDirectories: true)
      }
    }

    @Test("wrong usage is a sentence", arguments: [["quickstart"], ["experiment", "noise"]])
    func seeds(command: [String]) throws {
      let run = try Invocation(command + ["--seed", "1000000"], in: folder)
      #expect(run.status == 64)
      #expect(run.error.contains("'--seed' is 1000000, but must be below 1000000."))
    }

    @Test("an experiment has a name")
    func names() throws {
      let run = try Invocation(["experiment", "nonsense"], in: folder)
      #expect(run.status == 64)
      for kind in ExperimentKind.allCases { #expect(run.error.contains("  - \(kind)\n")) }
    }

    @Test("what lies in a directory is left alone, and a file is no directory")
    func occupied() throws {
      try folder.write("mine", to: "work/notes.txt")
      for command in [["quickstart"], ["experiment", "noise"]] {
        let run = try Invocation(command + ["--out", "work"], in: folder)
        #expect(run.status == 64)
        #expect(
          run.error.contains(
            "attune: error: work: the directory holds something that is no \(command[0]); choose another "
              + "--out"))
        let file = try Invocation(command + ["--out", "work/notes.txt"], in: folder)
        #expect(file.status == 64)
        #expect(
          file.error.contains(
            "work/notes.txt: is a file where a directory is needed; choose another --out"))
      }
      #expect(try folder.text("work/notes.txt") == "mine")
    }

    @Test("a directory belongs to one size and one seed")
    func recipes() throws {
      try folder.write(
        #"{"recipe": {"size": "quick", "seed": 3}, "finished": []}"#, to: "q/quickstart.json")
      let quickstart = try Invocation(["quickstart", "--seed", "3", "--out", "q"], in: folder)
      #expect(quickstart.status == 64)
      #expect(
        quickstart.error.contains(
          "q: holds a quickstart with --quick and with --seed 3; repeat these, choose another --out, or "
            + "replace it with --overwrite"))
      try folder.write(
        "{\"experiment\": \"frontier\", \"size\": \"full\", \"seed\": 0}\n",
        to: "e/measurements.jsonl")
      let experiment = try Invocation(["experiment", "noise", "--out", "e"], in: folder)
      #expect(experiment.status == 64)
      #expect(
        experiment.error.contains(
          "e/measurements.jsonl: holds the experiment frontier without --quick and with --seed 0"))
    }
  }
#endif
