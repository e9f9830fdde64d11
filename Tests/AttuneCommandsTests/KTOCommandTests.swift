import ArgumentParser
import Foundation
import Testing
import TrainingConfiguration

@testable import AttuneCommands

@Suite("Settings of attune kto")
struct KTOCommandSettingsTests {
  private func resolve(_ arguments: [String]) throws -> KTOConfiguration {
    try KTOSettings.parse(arguments).resolve(isResumed: false)
  }

  @Test("every setting has a flag, which sets it and no other")
  func everySettingHasAFlag() throws {
    let values = [
      "lr_scheduler_type": "cosine", "loss_type": "apo_zero_unpaired", "shuffle": "false",
      "strict": "true", "eval_fraction": "0.25", "adam_beta1": "0.25", "adam_beta2": "0.25",
      "bco_shift": "pooled",
    ]
    // What has an effect only beside another setting.
    let company = [
      "eval_steps": ["eval_data": "h"], "bco_shift": ["loss_type": "bco"],
      "early_stopping_patience": ["eval_data": "h", "eval_steps": "5"],
    ]
    for setting in KTOConfiguration.settings {
      let value = values[setting.name] ?? "7"
      let others = company[setting.name] ?? [:]
      let flags = others.flatMap { ["--" + $0.key.replacing("_", with: "-"), $0.value] }
      let seen = try resolve(["--print-config", setting.flag, value] + flags).literals
      for (before, after) in zip(KTOConfiguration().literals, seen) {
        switch before.setting.name {
        case setting.name: #expect(after.value != before.value, "\(setting.flag) \(value)")
        case let name where others[name] != nil: #expect("\(after.value)" == others[name])
        default: #expect(after.value == before.value, "\(setting.flag) \(before.setting.name)")
        }
      }
    }
  }

  @Test("every setting is in the help with its default")
  func help() {
    let help = KTOSettings.helpMessage().split { $0.isWhitespace }.joined(separator: " ")
    for (setting, value) in KTOConfiguration().literals {
      let note =
        setting.isRequired
        ? " (required, here or in --config)" : value.isSet ? " (default: \(value))" : ""
      #expect(help.contains("\(setting.flag) <\(setting.placeholder)> \(setting.meaning)\(note)"))
    }
  }

  @Test("arguments are prepared as those of every training command, planned or not")
  func preparation() throws {
    #expect(try preparedForParsing(["kto", "--strict"]) == ["kto", "--strict", "true"])
    #expect(
      try preparedForParsing(["plan", "kto", "--strict"]) == ["plan", "kto", "--strict", "true"])
    #expect(throws: (any Error).self) {
      try preparedForParsing(["kto", "--per-device-train-batch-size", "4"])
    }
  }
}

#if LibTorch
  @Suite("attune kto")
  struct KTOCommandTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let pairs = RepositoryFile.recorded.appending(path: "pairs.jsonl").path
    private let judged =
      RepositoryFile.recorded.deletingLastPathComponent().appending(path: "kto/unpaired.jsonl").path

    init() throws { folder = try TestFolder() }

    private func kto(_ arguments: String...) throws -> Invocation {
      try Invocation(
        ["kto", "--model", model, "--out", "run", "--reference-cache", "cache"] + arguments,
        in: folder)
    }

    @Test("trains, and plan has told what it would do")
    func agreement() throws {
      let arguments = [
        "kto", "--model", model, "--data", judged, "--out", "run", "--epochs", "2", "--batch-size",
        "4", "--eval-fraction", "0.25",
      ]
      let plan = try Invocation(["plan"] + arguments + ["--json"], in: folder)
      #expect(plan.status == 0, "\(plan.error)")
      #expect(try folder.names() == [])
      let planned = try plan.report()
      let run = try Invocation(arguments + ["--reference-cache", "cache", "--json"], in: folder)
      #expect(run.status == 0, "\(run.error)")
      let done = try run.report()
      for (name, other) in [
        ("steps", "steps"), ("tokens", "num_tokens"), ("epochs", "epoch"),
      ] { #expect(planned[name] as? Double == done[other] as? Double) }
      #expect(planned["completions"] as? Int == 9)
      #expect(planned["reference_completions"] as? Int == 12)
      for name in ["completions_per_second", "kl", "eval_kl", "eval_loss", "rewards/rejected"] {
        #expect(done[name] is Double, "\(name)")
      }
      #expect(run.error.contains("attune: 9 completions to train on, 3 held out"))
      #expect(run.error.contains("held-out loss 0."))
      #expect(!run.error.contains("nan"))
      let resumed = try Invocation("kto", "--resume", "--out", "run", in: folder)
      #expect(resumed.status == 0)
      #expect(resumed.error.contains("the run is complete"))
    }

    @Test("takes preference pairs apart, and says so")
    func preferences() throws {
      let run = try kto(
        "--data", pairs, "--loss-type", "bco", "--max-steps", "1", "--set", "bco_shift=pooled",
        "--json")
      #expect(run.status == 0, "\(run.error)")
      #expect(run.error.contains("attune: 16 completions to train on"))
      #expect(run.error.contains("attune: 8 preference pairs are taken apart"))
      #expect(try run.report()["delta"] is Double)
      #expect(try folder.text("run/attune.yaml").contains("bco_shift: pooled"))
    }

    @Test("other data is bad data, other settings wrong usage")
    func mistakes() throws {
      try folder.write("{\"text\": \"A line.\"}\n", to: "texts.jsonl")
      let texts = try kto("--data", "texts.jsonl")
      #expect(texts.status == 65)
      #expect(texts.error.contains("needed here are unpaired completions"))
      let single = try kto("--data", judged, "--batch-size", "1")
      #expect(single.status == 64)
      #expect(single.error.contains("--batch-size 1: batch_size is 1 and so is"))
      let unused = try kto("--data", judged, "--bco-shift", "pooled")
      #expect(unused.status == 64)
      #expect(unused.error.contains("--bco-shift pooled: bco_shift is pooled, but loss_type kto"))
      #expect(try folder.names() == ["texts.jsonl"])
    }
  }
#endif
