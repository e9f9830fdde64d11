#if LibTorch
  import Foundation
  import PreferenceData
  import Testing
  import Trainers
  import TrainingConfiguration

  @testable import Pipelines

  @Suite("A quickstart's parts")
  struct QuickstartTests {
    private let recipe = QuickstartRecipe(size: .quick, seed: 3)

    @Test("the settings of every stage are such as a command takes")
    func settings() throws {
      for size in [QuickstartRecipe.Size.quick, .full] {
        let configurations = QuickstartConfigurations(
          recipe: QuickstartRecipe(size: size, seed: 3), layout: QuickstartLayout(root: "out"))
        #expect(configurations.pretraining.conflicts.isEmpty)
        #expect(configurations.supervised.conflicts.isEmpty)
        #expect(configurations.reward.conflicts.isEmpty)
        #expect(configurations.preference.conflicts.isEmpty)
        #expect(configurations.policy.conflicts.isEmpty)
      }
    }

    @Test("the same seed gives the same data, another one other data; nothing is held out and seen")
    func data() throws {
      func files(_ seed: UInt64) throws -> [String: String] {
        let folder = try TemporaryFolder()
        let layout = QuickstartLayout(root: folder.path)
        var steps: [Int] = []
        try QuickstartData(recipe: QuickstartRecipe(size: .quick, seed: seed), layout: layout).write
        {
          done, total in
          steps.append(done)
          #expect(done <= total)
        }
        #expect(steps == steps.sorted() && !steps.isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: layout.data)
        return try Dictionary(
          uniqueKeysWithValues: names.map {
            ($0, try String(contentsOfFile: "\(layout.data)/\($0)", encoding: .utf8))
          })
      }
      let (first, again, other) = (try files(3), try files(3), try files(4))
      #expect(first == again)
      #expect(first.keys == other.keys && first.allSatisfy { other[$0] != $1 })
      func rows(_ name: String) -> [Substring] { (first[name] ?? "").split(separator: "\n") }
      #expect(rows("texts.jsonl").count == recipe.texts)
      #expect(rows("answers.jsonl").count == recipe.demonstrations + recipe.casualAnswers)
      #expect(rows("pairs.jsonl").count == recipe.pairs)
      #expect(rows("held-out-prompts.jsonl").count == recipe.heldOutPrompts)
      #expect(Set(rows("pairs.jsonl")).isDisjoint(with: rows("held-out-pairs.jsonl")))
    }

    @Test("a record is what was written, and what is none is an error")
    func record() throws {
      let folder = try TemporaryFolder()
      let path = "\(folder.path)/quickstart.json"
      #expect(try QuickstartRecord.read(path) == nil)
      let record = QuickstartRecord(
        recipe: recipe,
        finished: [
          QuickstartStageRecord(
            stage: .sft, seconds: 1.5, findings: ["loss 2"], answers: ["\u{7} ok"])
        ])
      try record.write(path)
      #expect(try QuickstartRecord.read(path) == record)
      try Data("{".utf8).write(to: URL(filePath: path))
      #expect(throws: QuickstartError.broken(path: path)) { try QuickstartRecord.read(path) }
    }

    @Test("what lies in the directory is respected")
    func directories() async throws {
      let folder = try TemporaryFolder()
      func run(_ recipe: QuickstartRecipe) async throws {
        let quickstart = Quickstart(recipe, directory: folder.path) { _ in
          preconditionFailure("no stage is reached")
        }
        _ = try await quickstart.run { _ in .stop }
      }
      let stray = "\(folder.path)/notes.txt"
      try Data("mine".utf8).write(to: URL(filePath: stray))
      await #expect(throws: QuickstartError.occupied(path: folder.path)) { try await run(recipe) }
      #expect(throws: QuickstartError.occupied(path: folder.path)) {
        try Quickstart(recipe, directory: folder.path) { _ in
          preconditionFailure("nothing is trained")
        }.clear()
      }
      try FileManager.default.removeItem(atPath: stray)
      await #expect(throws: QuickstartError.stopped(.world)) { try await run(recipe) }
      await #expect(
        throws: QuickstartError.otherRecipe(path: folder.path, size: .quick, seed: 3)
      ) {
        try await run(QuickstartRecipe(size: .full, seed: 3))
      }
    }

    @Test("errors are sentences that say what to do")
    func sentences() {
      #expect(
        QuickstartError.occupied(path: "out").description
          == "out: the directory holds something that is no quickstart; choose another --out")
      #expect(
        QuickstartError.otherRecipe(path: "out", size: .quick, seed: 3).description
          == "out: holds a quickstart with --quick and with --seed 3; repeat these, choose another --out, "
          + "or replace it with --overwrite")
      #expect(
        QuickstartError.broken(path: "out/quickstart.json").description
          == "out/quickstart.json: cannot be read; start anew with --overwrite")
      #expect(
        QuickstartError.stopped(.ppo).description
          == "stopped during PPO; the same command goes on from there")
    }
  }
#endif
