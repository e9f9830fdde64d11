#if LibTorch
  import Foundation
  import LanguageModels
  import RunRecords
  import Testing
  import Tokenization
  import Trainers
  import TrainingConfiguration

  @Suite("A reward run that is resumed, or stops early")
  struct RewardResumeTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// Six steps over a shuffled order, with everything on that a run may keep between steps.
    private func settings(_ configuration: inout RewardConfiguration) throws {
      configuration.data.shuffle = true
      configuration.data.evaluationFraction = 0.25
      configuration.run.evaluationSteps = 2
      configuration.run.loggingSteps = 4
      configuration.batches.batchSize = 3
      configuration.batches.maxSteps = 6
      configuration.optimizer.schedule = .cosine
      configuration.optimizer.warmupSteps = 2
      configuration.optimizer.weightDecay = 0.1
      configuration.data.files = [try folder.write(RewardFixture.rows(), to: "pairs.jsonl")]
    }

    private func run(
      _ name: String, existing: ExistingRun = .resume, stopAfter stop: Int? = nil,
      _ change: (inout RewardConfiguration) throws -> Void = { _ in }
    ) throws -> RewardRun {
      try RewardRun(in: folder, name: name, existing: existing) {
        try settings(&$0)
        try change(&$0)
      } observe: {
        if case .stepped(let step, _, _, _, _) = $0, step == stop { .stop } else { .proceed }
      }
    }

    private func expectSameFiles(_ a: String, _ b: String) throws {
      let names = folder.names(in: b).filter { $0.hasSuffix(".safetensors") }
      #expect(!names.isEmpty)
      for name in names + ["metrics.jsonl", "reward_model.json"] {
        #expect(
          try haveEqualBytes(folder.path("\(a)/\(name)"), folder.path("\(b)/\(name)")), "\(name)")
      }
    }

    @Test(
      "has the weights, the log and the normalization of one that was never stopped",
      arguments: RewardVariant.all)
    func exact(variant: RewardVariant) throws {
      _ = try run("whole", variant.change)
      for stop in [1, 4] { _ = try run("stopped", stopAfter: stop, variant.change) }
      let last = try run("stopped", variant.change)
      #expect(last.summary.steps == 6)
      try expectSameFiles("stopped", "whole")
    }

    @Test("goes on with the settings and the judgments it began with, or not at all")
    func foreign() throws {
      _ = try run("run", stopAfter: 2)
      let path = "\(folder.path("run"))/checkpoints/step-2"
      var rows = try RewardFixture.rows()
      for index in rows.indices { rows[index].margin = 1 }
      let file = try folder.write(rows, to: "margins.jsonl")
      for (reason, change) in [
        ("the training data is not what it was", { $0.data.files = [file] }),
        ("margin was 0.0 and is 0.5", { $0.margin = 0.5 }),
        ("smoothness_coefficient was 0.0", { $0.smoothnessCoefficient = 0.1 }),
      ] as [(String, (inout RewardConfiguration) -> Void)] {
        let error = #expect(throws: TrainingError.self) { try run("run", change) }
        let sentence = try #require(error?.description)
        #expect(sentence.hasPrefix("\(path): belongs to another run: "))
        #expect(sentence.contains(reason))
      }
    }

    @Test("stops when the held-out loss no longer falls, with the model of its lowest")
    func earlyStopping() throws {
      let run = try RewardRun(in: folder) {
        $0.data.evaluationFiles = [RewardFixture.evaluation]
        $0.run.evaluationSteps = 1
        $0.run.earlyStoppingPatience = 2
        $0.optimizer.learningRate = 0.05
        $0.batches.maxSteps = 30
      }
      let losses = try run.evaluations.map { try #require($0.values[.loss.onEvaluation]) }
      let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
      #expect(run.summary.steps == best + 3 && losses.count == best + 3)
      #expect(run.notes.last?.contains("the model is that of step \(best + 1)") == true)
      let again = try RewardRun(in: folder, name: "again") {
        $0.optimizer.learningRate = 0.05
        $0.batches.maxSteps = best + 1
        $0.data.evaluationFiles = [RewardFixture.evaluation]
      }
      #expect(
        try haveEqualBytes(
          "\(run.directory)/model.safetensors", "\(again.directory)/model.safetensors"))
      #expect(
        try RewardModelRecord(directory: run.directory)
          == RewardModelRecord(directory: again.directory))
    }

    // MARK: Ensembles of models

    private func ensemble(_ configuration: inout RewardConfiguration) {
      configuration.model = Fixture.model
      configuration.ensembleSize = 3
      configuration.ensembleType = .models
    }

    @Test("an ensemble of models is as many runs, which differ by seed and order")
    func models() throws {
      let run = try run("ensemble", ensemble)
      #expect(run.summary.steps == 18)
      #expect(
        run.notes.filter { $0.hasPrefix("member ") } == [
          "member 1 of 3", "member 2 of 3", "member 3 of 3",
        ])
      #expect(
        folder.names(in: "ensemble")
          == ["attune.yaml", "member-1", "member-2", "member-3", "reward_ensemble.json"])
      let members = try RewardEnsemble.members(of: run.directory)
      #expect(members.count == 3)
      #expect(
        try !haveEqualBytes("\(members[0])/model.safetensors", "\(members[1])/model.safetensors"))
      // A member is the run with its seed.
      let second = try self.run("second") {
        $0.model = Fixture.model
        $0.run.seed += 1
        // It holds out what all members hold out, which its own seed would not.
        $0.data.evaluationFraction = nil
        $0.run.evaluationSteps = nil
      }
      let whole = try self.run("all rows") {
        ensemble(&$0)
        $0.data.evaluationFraction = nil
        $0.run.evaluationSteps = nil
      }
      #expect(
        try haveEqualBytes(
          "\(whole.directory)/member-2/model.safetensors", "\(second.directory)/model.safetensors"))
      let scoring = try RewardScoring(directory: run.directory)
      let row = try RewardFixture.rows()[0]
      var scores: [RewardScoring.Score] = []
      try scoring.score([scoring.group(prompt: row.prompt, completions: [row.chosen])]) {
        scores = $1[0]
      }
      #expect(scores[0].members.count == 3 && scores[0].variance > 0)
      for (score, member) in zip(scores[0].members, members) {
        let alone = try RewardScoring(directory: member)
        let expected = try alone.scores(of: [.init(row.prompt, completions: [row.chosen])])[0][0]
        #expect(abs(score - expected) < 1e-6)
      }
    }

    @Test(
      "an ensemble that is stopped in the middle goes on there, and is refused until it is whole")
    func middle() throws {
      _ = try run("whole", ensemble)
      var members = 0
      let stopped = try RewardRun(in: folder, name: "stopped", existing: .resume) {
        try settings(&$0)
        ensemble(&$0)
      } observe: {
        if case .note(let note) = $0, note.hasPrefix("member ") { members += 1 }
        if case .stepped(4, _, _, _, _) = $0, members == 2 { return .stop }
        return .proceed
      }
      #expect(stopped.summary.isStopped)
      let error = #expect(throws: TrainingError.self) {
        try RewardEnsemble.members(of: stopped.directory)
      }
      #expect(
        error?.description
          == "\(stopped.directory): is an ensemble of models, of which \(stopped.directory)/member-2 "
          + "is not finished; go on with `attune reward --resume --out \(stopped.directory)`")
      _ = try run("stopped", ensemble)
      for member in 1...3 {
        try expectSameFiles("stopped/member-\(member)", "whole/member-\(member)")
      }
      // Stopped between two members, there is something to go on with.
      let between = try RewardRun(in: folder, name: "between") {
        ensemble(&$0)
        $0.batches.maxSteps = 1
      } observe: {
        if case .note("member 2 of 3") = $0 { .stop } else { .proceed }
      }
      #expect(between.summary.isStopped)
      #expect(folder.names(in: "between") == ["attune.yaml", "member-1", "reward_ensemble.json"])
    }

    @Test("an ensemble is not written over what is there, nor mixed with a larger one")
    func overwritten() throws {
      func small(_ configuration: inout RewardConfiguration) {
        ensemble(&configuration)
        configuration.batches.maxSteps = 1
      }
      let first = try run("run", existing: .refuse, small)
      let occupied = #expect(throws: RunRecordError.self) {
        try run("run", existing: .refuse, small)
      }
      #expect(occupied?.description.contains("choose another --out") == true)
      _ = try run("run", existing: .overwrite) {
        small(&$0)
        $0.ensembleSize = 2
      }
      #expect(try RewardEnsemble.members(of: first.directory).count == 2)
      #expect(!folder.names(in: "run").contains("member-3"))
      try folder.write("mine", to: "run/notes.txt")
      let foreign = #expect(throws: RunRecordError.self) {
        try run("run", existing: .overwrite, small)
      }
      #expect(foreign?.description.contains("notes.txt") == true)
    }

    @Test("an ensemble that cannot start leaves nothing behind")
    func nothing() throws {
      #expect(throws: (any Error).self) {
        try run("run") {
          ensemble(&$0)
          $0.data.files = [folder.path("none.jsonl")]
        }
      }
      #expect(!folder.names(in: ".").contains("run"))
    }
  }
#endif
