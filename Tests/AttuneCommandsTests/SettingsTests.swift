import ArgumentParser
import Foundation
import Testing
import TrainingConfiguration

@testable import AttuneCommands

@Suite("Settings of attune dpo")
struct SettingsTests {
  private func resolve(_ arguments: [String]) throws -> DPOConfiguration {
    try DPOSettings.parse(arguments).resolve(isResumed: false)
  }

  /// What the command line answers, without the usage that follows.
  private func message(_ arguments: [String]) -> String? {
    do {
      _ = try resolve(arguments)
      return nil
    } catch {
      #expect(DPOSettings.exitCode(for: error) == .validationFailure)
      return DPOSettings.message(for: error)
    }
  }

  /// The three settings that every run needs.
  private let required = ["--model", "m", "--data", "pairs.jsonl", "--out", "run"]

  @Test("a Boolean setting may stand alone")
  func aloneBoolean() throws {
    let arguments = required + ["--strict", "--shuffle", "false", "--seed", "7"]
    let configuration = try resolve(spellingOutBooleans(in: arguments, of: DPOConfiguration.self))
    #expect(configuration.data.strict)
    #expect(!configuration.data.shuffle)
    #expect(configuration.run.seed == 7)
    #expect(
      spellingOutBooleans(in: ["--shuffle"], of: DPOConfiguration.self) == ["--shuffle", "true"])
    #expect(
      spellingOutBooleans(in: ["--", "--strict"], of: DPOConfiguration.self) == ["--", "--strict"])
  }

  @Test("the command line of the manual")
  func manual() throws {
    let configuration = try resolve([
      "--model", "nano", "--data", "a.jsonl", "b.jsonl.gz", "--out", "run", "--batch-size", "8",
      "--max-steps", "5", "--learning-rate", "1e-4", "--lr-scheduler-type", "constant",
      "--weight-decay", "0", "--shuffle", "false", "--max-length", "512", "--beta", "0.1",
      "--loss-type", "sigmoid",
    ])
    var expected = DPOConfiguration()
    expected.model = "nano"
    expected.data.files = ["a.jsonl", "b.jsonl.gz"]
    expected.run.directory = "run"
    expected.batches.maxSteps = 5
    expected.optimizer.learningRate = 1e-4
    expected.optimizer.schedule = .constant
    expected.data.shuffle = false
    expected.data.maxLength = 512
    #expect(configuration == expected)
  }

  @Test("several losses with their weights")
  func mixture() throws {
    let configuration = try resolve([
      "--loss-type", "sigmoid", "bco_pair", "sft", "--loss-weights", "0.8", "0.2", "1",
      "--print-config",
    ])
    #expect(configuration.lossTypes == [.sigmoid, .bcoPair, .sft])
    #expect(configuration.lossWeights == [0.8, 0.2, 1])
    #expect(try resolve(["--use-weighting", "true", "--print-config"]).useWeighting)
  }

  @Test("every setting has a flag, which sets it and no other")
  func everySettingHasAFlag() throws {
    let values = [
      "lr_scheduler_type": "cosine", "loss_type": "ipo", "shuffle": "false", "strict": "true",
      "eval_fraction": "0.25", "label_smoothing": "0.25", "adam_beta1": "0.25",
      "adam_beta2": "0.25", "f_divergence_type": "js_divergence", "ld_alpha": "0.25",
      "use_weighting": "true", "f_alpha_divergence_coef": "0.25", "agreement": "ignore",
    ]
    // What has an effect only beside another setting.
    let company = [
      "eval_steps": ["eval_data": "h"],
      "early_stopping_patience": ["eval_data": "h", "eval_steps": "3"],
      "discopop_tau": ["loss_type": "discopop"],
      "cpo_alpha": ["loss_type": "cpo"], "simpo_gamma": ["loss_type": "simpo"],
      "f_alpha_divergence_coef": ["f_divergence_type": "alpha_divergence"],
    ]
    for setting in DPOConfiguration.settings {
      let value = values[setting.name] ?? "7"
      let others = company[setting.name] ?? [:]
      let flags = others.flatMap { ["--" + $0.key.replacing("_", with: "-"), $0.value] }
      let seen = try resolve(["--print-config", setting.flag, value] + flags).literals
      for (before, after) in zip(DPOConfiguration().literals, seen) {
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
    let help = DPOSettings.helpMessage().split { $0.isWhitespace }.joined(separator: " ")
    for (setting, value) in DPOConfiguration().literals {
      let note =
        setting.isRequired
        ? " (required, here or in --config)" : value.isSet ? " (default: \(value))" : ""
      #expect(
        help.contains("\(setting.flag) <\(setting.placeholder)> \(setting.meaning)\(note)"))
    }
    for title in ["METHOD:", "DATA:", "OPTIMIZER:", "BATCHES:", "RUN:", "CONFIGURATION:"] {
      #expect(help.contains(title))
    }
  }

  @Test("flags beat --set, --set beats the file, the file beats the defaults")
  func layers() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
    try Data("model: m\nout: run\ndata: a\nbeta: 0.2\nepochs: 5\nseed: 1\n".utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let configuration = try resolve([
      "--config", url.path, "--set", "epochs=6", "--set", "seed=2", "--seed", "3",
    ])
    #expect(configuration.beta == 0.2)
    #expect(configuration.batches.epochs == 6)
    #expect(configuration.run.seed == 3)
    #expect(configuration.batches.batchSize == 8)
    #expect(
      message(["--config", url.path, "--set", "beta=abc", "--epochs", "0"]) == """
        --set beta=abc: beta must be a number, but is 'abc'
        --epochs 0: epochs is 0, but must be at least 1; the default is 3
        """)
  }

  @Test("a run needs model, data and run directory; --print-config does not")
  func requiredSettings() throws {
    #expect(
      message([]) == """
        model is not set: give --model directory
        data is not set: give --data file
        out is not set: give --out directory
        """)
    #expect(message(required) == nil)
    #expect(try resolve(["--print-config"]) == DPOConfiguration())
    #expect(
      message(["--print-config", "--beta=-1"])
        == "--beta -1: beta is -1.0, but must be above 0; the default is 0.1")
  }

  @Test("settings that do not go together name the one to change")
  func conflicts() {
    #expect(
      message(required + ["--loss-type", "ipo", "--label-smoothing", "0.1"])
        == "--label-smoothing 0.1: label_smoothing is 0.1, but loss_type ipo does not use it; leave "
        + "it out, or use it with sigmoid, exo_pair, robust, aot, aot_unpaired, simpo, cpo")
  }

  @Test("a misspelt flag is answered by the parser, a missing file by us")
  func mistakes() {
    #expect(message(["--betta", "1"]) == "Unknown option '--betta'. Did you mean '--beta'?")
    #expect(
      message(["--config", "/nowhere/dpo.yaml"])
        == "/nowhere/dpo.yaml: there is no such file; check the path")
  }

  @Test("flags of other tools are answered with ours")
  func foreignFlags() {
    func answer(_ arguments: [String]) -> String? {
      do {
        try rejectForeignFlags(in: arguments, of: DPOConfiguration.self)
        return nil
      } catch {
        #expect(DPOSettings.exitCode(for: error) == .validationFailure)
        return DPOSettings.message(for: error)
      }
    }
    #expect(answer(required + ["--batch-size", "4", "--json"]) == nil)
    #expect(answer(["--beta", "1", "--", "--num-train-epochs"]) == nil)
    #expect(
      answer(["--per-device-train-batch-size", "4", "--num-train-epochs=3", "--padding-free"])
        == """
        unknown option '--per-device-train-batch-size'; it is called '--batch-size' here
        unknown option '--num-train-epochs'; it is called '--epochs' here
        unknown option '--padding-free'; it is not a setting here: batches never hold padding
        """)
    #expect(
      answer(["--max_prompt_length", "4"])
        == "unknown option '--max_prompt_length'; it is not a setting here: "
        + "max_length counts prompt and completion together")
  }
}
