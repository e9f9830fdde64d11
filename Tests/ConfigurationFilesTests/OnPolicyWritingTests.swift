import ConfigurationFiles
import Testing
import TrainingConfiguration

@Suite("YAML of on-policy configurations")
struct OnPolicyWritingTests {
  private func expectRoundTrip<Configuration: OnPolicyConfiguration & Equatable>(
    _: Configuration.Type, _ change: (inout Configuration) -> Void
  ) throws {
    let usual = Configuration()
    var configuration = usual
    change(&configuration)
    for configuration in [usual, configuration] {
      let again: Configuration = try YAMLDocument(text: configuration.yaml, path: "attune.yaml")
        .decode()
      #expect(again == configuration)
    }
    #expect(configuration != usual)
    let names = configuration.yaml.split(separator: "\n").map { String($0.prefix { $0 != ":" }) }
    #expect(names == Configuration.settings.map(\.name))
  }

  @Test("reading gives an equal configuration")
  func roundTrip() throws {
    try expectRoundTrip(GRPOConfiguration.self) {
      $0.prompts.files = ["a.jsonl", "b, c.jsonl"]
      $0.rollout.stopTexts = ["\n\nHuman:", "# no", "null"]
      $0.rollout.rewardTiming = .everyTurn
      $0.rollout.turnLimit = 3
      $0.lossType = .drGRPO
      $0.importanceSamplingLevel = .sequence
      $0.epsilonHigh = 0.28
      $0.divergence.beta = 1e-6
      $0.divergence.estimator = .k2
      $0.reward.program = "awk '{print \"{\\\"score\\\": 1}\"}'"
      $0.reward.weights = [0.5, -1]
      $0.watch.keywords = ["on: off", "yes"]
    }
    try expectRoundTrip(RLOOConfiguration.self) {
      $0.normalizesAdvantages = true
      $0.divergence.control = .lagrangian
      $0.divergence.target = 7
    }
    try expectRoundTrip(PPOConfiguration.self) {
      $0.valueBackbone = .own
      $0.valueModel = "runs/reward"
      $0.valueClipRange = nil
      $0.targetKL = 0.02
      $0.whitensRewards = true
    }
    try expectRoundTrip(ReinforceConfiguration.self) {
      $0.baseline = .running
      $0.baselineDecay = 0.5
    }
  }

  @Test("names of other tools are answered with ours, or with why there is none")
  func foreignNames() {
    func message(_ text: String) -> String? {
      do {
        _ = try YAMLDocument(text: text, path: "grpo.yaml").decode(GRPOConfiguration.self)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(
      message("kl_coef: 0.1\n")
        == "grpo.yaml:1:1: unknown setting 'kl_coef'; it is called 'beta' here")
    #expect(
      message("data: a.jsonl\n")
        == "grpo.yaml:1:1: unknown setting 'data'; it is called 'prompts' here")
    #expect(
      message("top_k: 50\n")?.contains("it is not a setting here: what it would draw") == true)
    #expect(message("reward_funcs: f\n")?.contains("give reward_model, reward_program") == true)
    #expect(
      message("kl_control: adaptive\n")
        == "grpo.yaml:1:13: kl_control must be one of fixed, proportional, scheduled, lagrangian, "
        + "but is 'adaptive'")
  }
}
