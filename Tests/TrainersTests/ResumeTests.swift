#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("A run that is resumed")
  struct ResumeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Six steps over a shuffled order, with everything on that a run may keep between steps.
    private func settings(_ configuration: inout DPOConfiguration) {
      configuration.data.shuffle = true
      configuration.data.evaluationFraction = 0.25
      configuration.run.evaluationSteps = 2
      configuration.run.loggingSteps = 4
      configuration.batches.batchSize = 4
      configuration.batches.maxSteps = 6
      configuration.optimizer.schedule = .cosine
      configuration.optimizer.warmupSteps = 2
      configuration.optimizer.weightDecay = 0.1
    }

    private func run(
      _ name: String, existing: ExistingRun = .resume, stopAfter stop: Int? = nil,
      _ change: (inout DPOConfiguration) -> Void = { _ in }
    ) throws -> TrainingRun {
      try TrainingRun(in: folder, name: name, existing: existing) {
        settings(&$0)
        change(&$0)
      } observe: {
        if case .stepped(let step, _, _, _, _) = $0, step == stop { .stop } else { .proceed }
      }
    }

    private func metrics(_ name: String) throws -> String {
      try String(contentsOfFile: folder.path("\(name)/metrics.jsonl"), encoding: .utf8)
    }

    private func bytes(_ path: String) throws -> Data {
      try Data(contentsOf: URL(filePath: folder.path(path)))
    }

    @Test("has the weights and the log of one that was never stopped, byte for byte")
    func exact() throws {
      _ = try run("whole")
      for stop in 1...5 { _ = try run("stopped", stopAfter: stop) }
      let last = try run("stopped")
      #expect(last.summary.steps == 6)
      #expect(last.summary.items == 2)
      #expect(try bytes("stopped/model.safetensors") == bytes("whole/model.safetensors"))
      #expect(try metrics("stopped") == metrics("whole"))
      let manifest = try RunManifest(ofRunAt: folder.path("stopped"))
      #expect(manifest.resumptions?.map(\.step) == [1, 2, 3, 4, 5])
      #expect(manifest.finishedSteps == 6)
    }

    @Test(
      "has them for losses that remember more, or see a step as a whole",
      arguments: [[DPOLossChoice.aot], [.sigmoid, .bcoPair, .sft], [.simpo]])
    func losses(types: [DPOLossChoice]) throws {
      func change(_ configuration: inout DPOConfiguration) {
        configuration.lossTypes = types
        configuration.batches.microBatchSize = 2
      }
      _ = try run("whole", change)
      _ = try run("stopped", stopAfter: 3, change)
      _ = try run("stopped", change)
      #expect(try bytes("stopped/model.safetensors") == bytes("whole/model.safetensors"))
      #expect(try metrics("stopped") == metrics("whole"))
    }

    @Test("takes back what was logged after its checkpoint")
    func cutting() throws {
      struct Killed: Error {}
      #expect(throws: Killed.self) {
        try TrainingRun(in: folder, name: "killed") {
          settings(&$0)
          $0.run.loggingSteps = 1
          $0.run.saveSteps = 2
        } observe: {
          if case .logged(let entry) = $0, entry.step == 5 { throw Killed() }
          return .proceed
        }
      }
      #expect(try metrics("killed").contains("\"step\":5"))
      let resumed = try run("killed") {
        $0.run.loggingSteps = 1
        $0.run.saveSteps = 2
      }
      #expect(resumed.entries.map(\.step) == [5, 6])
      _ = try run("whole") { $0.run.loggingSteps = 1 }
      #expect(try metrics("killed") == metrics("whole"))
      let events = folder.names(in: "killed").filter { $0.contains("tfevents") }
      #expect(events.count == 1)
    }

    @Test("checkpoints come every save_steps, and save_total_limit of them stay")
    func limit() throws {
      let usual = try run("usual")
      #expect(usual.savedSteps == [])
      let often = try run("often") {
        $0.run.saveSteps = 1
        $0.run.saveTotalLimit = 3
      }
      #expect(often.savedSteps == [1, 2, 3, 4, 5])
      #expect(folder.names(in: "often/checkpoints") == ["step-3", "step-4", "step-5"])
      let never = try run("never", stopAfter: 2) { $0.run.saveSteps = 0 }
      #expect(never.savedSteps == [2])
      #expect(try usual.weights() == often.weights())
    }

    @Test("starts where there is no run, or none that got as far as a checkpoint")
    func fromTheBeginning() throws {
      let whole = try run("whole")
      #expect(whole.notes == [])
      try FileManager.default.removeItem(atPath: folder.path("whole/config.json"))
      try change("whole/run.json") { $0["finishedSteps"] = nil }
      let again = try run("whole")
      #expect(again.notes == ["no checkpoint was saved yet; the run starts from its beginning"])
      #expect(try again.weights() == whole.weights())
      #expect(try MetricsLog.entries(at: folder.path("whole/metrics.jsonl")).count == 5)
    }

    @Test("that is complete has nothing left to do")
    func complete() throws {
      _ = try run("run")
      let before = try metrics("run")
      let again = try run("run")
      #expect(again.notes == ["the run is complete: all 6 steps are done"])
      #expect((again.summary.steps, again.summary.items) == (6, 0))
      #expect(try metrics("run") == before)
    }

    @Test("may be made longer: the steps that are done stay, and a note says what changes")
    func longer() throws {
      let first = try run("run") { $0.run.saveSteps = 3 }.weights()
      let longer = try run("run") {
        $0.run.saveSteps = 3
        $0.batches.maxSteps = 8
      }
      #expect(
        longer.notes == [
          "the run now has 8 steps instead of 6; from here on the learning rate is that of the new "
            + "length"
        ])
      #expect(longer.summary.steps == 8)
      #expect(try longer.weights() != first)
      let error = #expect(throws: TrainingError.self) {
        _ = try run("run") { $0.batches.maxSteps = 4 }
        _ = try run("short", stopAfter: 5)
        _ = try run("short") { $0.batches.maxSteps = 4 }
      }
      #expect(
        error?.description
          == "\(folder.path("short"))/checkpoints/step-5: is at step 5, beyond the 4 steps that the "
          + "run is to have; raise max_steps or epochs")
    }

    @Test("goes on with the settings, the model and the data it began with, or not at all")
    func foreign() throws {
      _ = try run("run", stopAfter: 2)
      let path = "\(folder.path("run"))/checkpoints/step-2"
      let remedy = "go on with what the run was started with, or start a new one with another --out"
      func expectRefused(
        _ reason: String, _ change: (inout DPOConfiguration) -> Void
      ) throws {
        let error = #expect(throws: TrainingError.self) { try run("run", change) }
        #expect(error?.description == "\(path): belongs to another run: \(reason); \(remedy)")
      }
      try expectRefused("beta was 0.1 and is 0.2; warmup_steps was 2 and is 1") {
        $0.beta = 0.2
        $0.optimizer.warmupSteps = 1
      }
      var model = try EditedModel(in: folder, name: "model")
      model["model.norm.weight", 3] += 0.25
      try model.save()
      // Without a reference of its own, the model is the reference too.
      try expectRefused("the model is not what it was; the reference model is not what it was") {
        $0.model = model.directory
      }
      let some = try folder.write(rows: Fixture.rows().reversed(), to: "reversed.jsonl")
      try expectRefused("the training data is not what it was") { $0.data.files = [some] }
      // What is refused leaves the run as it was.
      _ = try run("whole")
      _ = try run("run") {
        $0.run.saveSteps = 1
        $0.run.threads = 2
      }
      #expect(try bytes("run/model.safetensors") == bytes("whole/model.safetensors"))
    }

    @Test("passes over a damaged checkpoint, and says so")
    func damaged() throws {
      _ = try run("run", stopAfter: 5) { $0.run.saveSteps = 2 }
      let path = "\(folder.path("run"))/checkpoints/step-5"
      try Data("{}".utf8).write(to: URL(filePath: "\(path)/optimizer.safetensors"))
      let size = try bytes("run/checkpoints/step-4/optimizer.safetensors").count
      let resumed = try run("run")
      #expect(
        resumed.notes == [
          "\(path): optimizer.safetensors has 2 bytes instead of \(size); going on from step 4 "
            + "instead"
        ])
      _ = try run("whole")
      #expect(try bytes("run/model.safetensors") == bytes("whole/model.safetensors"))
      #expect(try metrics("run") == metrics("whole"))
    }

    @Test("of another version is not guessed at")
    func unreadable() throws {
      _ = try run("run", stopAfter: 2)
      let path = "\(folder.path("run"))/checkpoints/step-2"
      try change("run/checkpoints/step-2/state.json") { $0["progress"] = nil }
      let state = try bytes("run/checkpoints/step-2/state.json")
      try change("run/checkpoints/step-2/checkpoint.json") { manifest in
        var files = manifest["files"] as? [[String: Any]] ?? []
        for index in files.indices where files[index]["name"] as? String == "state.json" {
          files[index]["bytes"] = state.count
          files[index]["checksum"] = Int(checksum(state))
        }
        manifest["files"] = files
      }
      let error = #expect(throws: TrainingError.self) { try run("run") }
      #expect(
        error?.description
          == "\(path): was written by another version of Attune and cannot be gone "
          + "on with; start again with --overwrite")
    }

    /// Changes a JSON file.
    private func change(_ path: String, _ change: (inout [String: Any]) -> Void) throws {
      let parsed = try JSONSerialization.jsonObject(with: try bytes(path))
      var object = try #require(parsed as? [String: Any])
      change(&object)
      try JSONSerialization.data(withJSONObject: object)
        .write(to: URL(filePath: folder.path(path)))
    }

    /// CRC-32C bit by bit (RFC 3720, appendix B.4).
    private func checksum(_ data: Data) -> UInt32 {
      ~data.reduce(UInt32.max) { remainder, byte in
        (0..<8).reduce(remainder ^ UInt32(byte)) { value, _ in
          value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1
        }
      }
    }
  }
#endif
