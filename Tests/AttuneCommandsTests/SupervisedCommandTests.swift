#if LibTorch
  import ArgumentParser
  import Foundation
  import Testing
  import TrainingConfiguration

  @testable import AttuneCommands

  @Suite("attune sft and attune pretrain")
  struct SupervisedCommandTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let demonstrations = RepositoryFile.supervised.appending(path: "demonstrations.jsonl")
      .path
    private let texts = RepositoryFile.supervised.appending(path: "texts.jsonl").path

    init() throws { folder = try TestFolder() }

    @Test("a run leaves a model, tells of its perplexity, and ends with a report")
    func run() throws {
      let run = try Invocation(
        "sft", "--model", model, "--data", demonstrations, "--out", "run", "--epochs", "2",
        "--batch-size", "3", "--eval-fraction", "0.25", "--json", in: folder)
      #expect(run.status == 0, "\(run.error)")
      #expect(run.error.contains("attune: 6 rows to train on, 2 held out"), "\(run.error)")
      let evaluation = try #require(
        run.error.split(separator: "\n").first { $0.contains("held-out loss") })
      #expect(evaluation.contains(", perplexity "), "\(evaluation)")
      #expect(!evaluation.contains("accuracy"))
      let report = try run.report()
      #expect(report["steps"] as? Int == 4)
      #expect(report["rows"] as? Int == 12)
      #expect((report["rows_per_second"] as? Double ?? 0) > 0)
      #expect((report["eval_perplexity"] as? Double ?? 0) > 1)
      let score = try Invocation(
        "score", "--model", "run", "--data", demonstrations, "--out", "scores.jsonl", in: folder)
      #expect(score.status == 0, "\(score.error)")
    }

    @Test("pretraining reports nats per character; a run that is stopped goes on")
    func pretraining() throws {
      let arguments = [
        "pretrain", "--model", model, "--data", texts, "--eval-data", texts, "--max-length", "32",
        "--warmup-steps", "1", "--batch-size", "8", "--threads", "1",
      ]
      let whole = try Invocation(arguments + ["--out", "whole", "--json"], in: folder)
      #expect(whole.status == 0, "\(whole.error)")
      #expect(whole.error.contains(" nats a character"), "\(whole.error)")
      let report = try whole.report()
      #expect((report["eval_nats_per_character"] as? Double ?? 0) > 0)
      #expect((report["blocks"] as? Int ?? 0) > 8)
      let again = try Invocation(["pretrain", "--resume", "--out", "whole"], in: folder)
      #expect(again.status == 0, "\(again.error)")
      #expect(again.error.contains("the run is complete"), "\(again.error)")
    }

    @Test(
      "a plan tells what training with the same arguments then does",
      arguments: ["sft", "pretrain"])
    func plan(verb: String) throws {
      let arguments = [
        verb, "--model", model, "--data", demonstrations, "--out", "run", "--epochs", "2",
        "--batch-size", "3", "--eval-fraction", "0.25", "--max-length", "64", "--strict",
      ]
      let usual = arguments.dropLast()
      let plan = try Invocation(["plan"] + usual + ["--json"], in: folder)
      #expect(plan.status == 0, "\(plan.error)")
      #expect(try folder.names() == [])
      let planned = try plan.report()
      let run = try Invocation(usual + ["--json"], in: folder)
      #expect(run.status == 0, "\(run.error)")
      let done = try run.report()
      #expect(planned["steps"] as? Int == done["steps"] as? Int)
      #expect(planned["tokens"] as? Double == done["num_tokens"] as? Double)
      #expect(planned["epochs"] as? Double == done["epoch"] as? Double)
      // A Boolean setting may stand alone in front of a plan as well.
      let strict = try Invocation(["plan"] + arguments + ["--overwrite"], in: folder)
      #expect(strict.status == (verb == "sft" ? 65 : 0), "\(strict.error)")
    }

    @Test("errors of the data have their status and their place")
    func errors() throws {
      let plain = try Invocation(
        "sft", "--model", model, "--data", texts, "--out", "run", "--completion-only-loss",
        in: folder)
      #expect(plain.status == 65)
      #expect(
        plain.error.contains("texts.jsonl:1: holds a text without a prompt"), "\(plain.error)")
      let conflict = try Invocation(
        "sft", "--model", model, "--data", texts, "--out", "run", "--loss-type", "dft",
        "--label-smoothing", "0.1", in: folder)
      #expect(conflict.status == 64)
      #expect(conflict.error.contains("--label-smoothing 0.1: label_smoothing is 0.1, but"))
      let foreign = try Invocation("pretrain", "--block-size", "64", in: folder)
      #expect(foreign.status == 64)
      #expect(
        foreign.error.contains(
          "unknown option '--block-size'; it is called '--max-length' here"), "\(foreign.error)")
      #expect(try folder.names() == [])
    }

    @Test("every setting has a flag, which sets it and no other")
    func flags() throws {
      try expectFlags(
        of: SupervisedFlags.self,
        values: ["loss_type": "dft", "completion_only_loss": "false", "label_smoothing": "0.25"])
      try expectFlags(of: PretrainingFlags.self, values: ["lr_scheduler_type": "linear"])
    }

    private func expectFlags<Flags: MethodFlags>(
      of type: Flags.Type, values: [String: String]
    ) throws {
      let values = [
        "lr_scheduler_type": "cosine", "shuffle": "false", "strict": "true",
        "assistant_only_loss": "true", "eval_fraction": "0.25", "adam_beta1": "0.25",
        "adam_beta2": "0.25",
      ].merging(values) { $1 }
      // What has an effect only beside another setting.
      let company = [
        "eval_steps": ["eval_data": "h"],
        "early_stopping_patience": ["eval_data": "h", "eval_steps": "7"],
      ]
      for setting in Flags.Configuration.settings {
        let others = company[setting.name] ?? [:]
        let flags = others.flatMap { ["--" + $0.key.replacing("_", with: "-"), $0.value] }
        let arguments = ["--print-config", setting.flag, values[setting.name] ?? "7"] + flags
        let seen = try MethodSettings<Flags>.parse(arguments).resolve(isResumed: false).literals
        for (before, after) in zip(Flags.Configuration().literals, seen) {
          let name = before.setting.name
          if name == setting.name {
            #expect(after.value != before.value, "\(setting.flag)")
          } else if let other = others[name] {
            #expect("\(after.value)" == other)
          } else {
            #expect(after.value == before.value, "\(setting.flag) \(name)")
          }
        }
      }
      let help = MethodSettings<Flags>.helpMessage().split { $0.isWhitespace }
        .joined(separator: " ")
      for (setting, value) in Flags.Configuration().literals {
        let note =
          setting.isRequired
          ? " (required, here or in --config)" : value.isSet ? " (default: \(value))" : ""
        #expect(help.contains("\(setting.flag) <\(setting.placeholder)> \(setting.meaning)\(note)"))
      }
    }
  }

  extension RepositoryFile {
    /// Demonstrations and texts, and what TRL makes of them.
    fileprivate static let supervised = recorded.deletingLastPathComponent()
      .appending(path: "sft")
  }
#endif
