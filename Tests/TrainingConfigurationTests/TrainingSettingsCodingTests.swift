import Foundation
import Testing
import TrainingConfiguration

@Suite("Settings as a flat mapping")
struct TrainingSettingsCodingTests {
  private func decode(_ json: String) throws -> DPOConfiguration {
    try JSONDecoder().decode(DPOConfiguration.self, from: Data(json.utf8))
  }

  private func message(_ json: String) -> String? {
    do {
      _ = try decode(json)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("what is missing keeps its default, what is there replaces it")
  func partial() throws {
    #expect(try decode("{}") == DPOConfiguration())
    var expected = DPOConfiguration()
    expected.model = "m"
    expected.optimizer.learningRate = 1e-5
    expected.optimizer.schedule = .cosine
    expected.data.files = ["a", "b"]
    expected.run.threads = 2
    expected.data.shuffle = false
    #expect(
      try decode(
        """
        {"model": "m", "learning_rate": 1e-5, "lr_scheduler_type": "cosine", "data": ["a", "b"],
         "threads": 2, "shuffle": false, "max_steps": null}
        """) == expected)
  }

  @Test("one file stands for a list of one")
  func singleFile() throws {
    #expect(try decode(#"{"data": "pairs.jsonl"}"#).data.files == ["pairs.jsonl"])
  }

  @Test("one loss stands for a list of one, and so does one number")
  func singleChoice() throws {
    #expect(try decode(#"{"loss_type": "exo_pair"}"#).lossTypes == [.exoPair])
    #expect(try decode(#"{"loss_type": ["ipo", "sft"]}"#).lossTypes == [.ipo, .sft])
    #expect(try decode(#"{"loss_type": []}"#).lossTypes == [])
    #expect(try decode(#"{"loss_weights": 0.5}"#).lossWeights == [0.5])
    #expect(try decode(#"{"loss_weights": [0.8, 0, 1]}"#).lossWeights == [0.8, 0, 1])
  }

  @Test("every setting survives a round trip")
  func roundTrip() throws {
    var configuration = DPOConfiguration()
    configuration.model = "model \"of\" 日本\n"
    configuration.referenceModel = "null"
    configuration.beta = 0.1 + 0.2  // 17 digits
    configuration.lossTypes = [.hinge, .sft]
    configuration.lossWeights = [0.1 + 0.2, 1e-9]
    configuration.ldAlpha = 0.5
    configuration.fDivergenceType = .jensenShannon
    configuration.useWeighting = true
    configuration.run.saveSteps = 0
    configuration.data.files = ["a b", "c"]
    configuration.data.evaluationFraction = 1.0 / 3
    configuration.optimizer.learningRate = .leastNonzeroMagnitude
    configuration.batches.maxSteps = 7
    configuration.run.evaluationSteps = 3
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(DPOConfiguration.self, from: data) == configuration)
    let keys = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]).keys
    #expect(Set(keys) == Set(DPOConfiguration.settings.map(\.name)))
  }

  @Test("an unknown setting is answered with the one that was meant")
  func unknown() {
    #expect(message(#"{"betta": 1}"#) == "unknown setting 'betta'; did you mean 'beta'?")
    #expect(
      message(#"{"learning-rate": 1}"#)
        == "unknown setting 'learning-rate'; did you mean 'learning_rate'?")
    #expect(
      message(#"{"per_device_train_batch_size": 1}"#)
        == "unknown setting 'per_device_train_batch_size'; it is called 'batch_size' here")
    #expect(
      message(#"{"num_train_epochs": 1}"#)
        == "unknown setting 'num_train_epochs'; it is called 'epochs' here")
    #expect(
      message(#"{"max_prompt_length": 1}"#)
        == "unknown setting 'max_prompt_length'; it is not a setting here: "
        + "max_length counts prompt and completion together")
    #expect(
      message(#"{"zzzzzz": 1}"#)
        == "unknown setting 'zzzzzz'; --print-config lists all settings")
  }

  @Test("wrong types say what was seen and what is expected")
  func wrongTypes() {
    #expect(message(#"{"beta": "abc"}"#) == "beta must be a number, but is 'abc'")
    #expect(message(#"{"beta": null}"#) == "beta must be a number, but is empty")
    #expect(message(#"{"beta": [1]}"#) == "beta must be a number, but is a list")
    #expect(message(#"{"beta": {}}"#) == "beta must be a number, but is a mapping")
    #expect(message(#"{"epochs": 1.5}"#) == "epochs must be a whole number, but is 1.5")
    #expect(message(#"{"shuffle": 1.5}"#) == "shuffle must be true or false, but is 1.5")
    #expect(message(#"{"model": true}"#) == "model must be a text, but is true")
    #expect(message(#"{"data": 3.5}"#) == "data must be a list of texts, but is 3.5")
    #expect(
      message(#"{"lr_scheduler_type": "cosin"}"#)
        == "lr_scheduler_type must be one of linear, constant, cosine, but is 'cosin'; "
        + "did you mean 'cosine'?")
    #expect(
      message(#"{"f_divergence_type": "kl"}"#)
        == "f_divergence_type must be one of reverse_kl, forward_kl, js_divergence, "
        + "alpha_divergence, but is 'kl'")
  }

  @Test("wrong elements of a list are named")
  func wrongElements() {
    let losses =
      "loss_type must be one or more of sigmoid, sigmoid_norm, hinge, ipo, exo_pair, nca_pair, "
      + "robust, bco_pair, sppo_hard, aot, aot_unpaired, apo_zero, apo_down, discopop, sft, simpo, "
      + "cpo, orpo, but "
    #expect(
      message(#"{"loss_type": "sigmoyd"}"#) == losses + "is 'sigmoyd'; did you mean 'sigmoid'?")
    #expect(
      message(#"{"loss_type": ["sft", "bco_pear"]}"#)
        == losses + "has 'bco_pear'; did you mean 'bco_pair'?")
    #expect(message(#"{"loss_type": "kto"}"#) == losses + "is 'kto'")
    #expect(message(#"{"loss_type": null}"#) == losses + "is empty")
    #expect(message(#"{"loss_type": [3]}"#) == losses + "is a list")
    #expect(
      message(#"{"loss_weights": [1, "much"]}"#)
        == "loss_weights must be a list of numbers, but has 'much'")
    #expect(
      message(#"{"loss_weights": "much"}"#)
        == "loss_weights must be a list of numbers, but is 'much'")
    #expect(message(#"{"data": [["a"]]}"#) == "data must be a list of texts, but is a list")
  }

  @Test("what TRL and its neighbours have elsewhere is answered")
  func foreignLosses() {
    #expect(
      message(#"{"pref_loss": "simpo"}"#)
        == "unknown setting 'pref_loss'; it is called 'loss_type' here")
    #expect(
      message(#"{"rpo_alpha": 1}"#)
        == "unknown setting 'rpo_alpha'; it is not a setting here: give loss_type sigmoid and sft, "
        + "and loss_weights")
    #expect(
      message(#"{"sync_ref_model": true}"#)
        == "unknown setting 'sync_ref_model'; it is not a setting here: the reference stays as it "
        + "is, so that it is computed once")
    #expect(
      message(#"{"save_strategy": "no"}"#)
        == "unknown setting 'save_strategy'; it is not a setting here: give save_steps; 0 for no "
        + "checkpoints")
  }

  @Test("all problems are told together, ranges of what could be read among them")
  func together() throws {
    let error = try #require(throws: SettingProblems.self) {
      try decode(#"{"betta": 1, "epochs": "x", "beta": -1}"#)
    }
    #expect(error.problems.map(\.setting) == ["betta", "epochs", "beta"])
    #expect(error.problems.map(\.part) == [.name, .value, .value])
  }
}
