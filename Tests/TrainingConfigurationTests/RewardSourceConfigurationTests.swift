import Testing
import TrainingConfiguration

@Suite("Reward source configuration")
struct RewardSourceConfigurationTests {
  /// The message that one change gives a configuration with a reward model.
  private func message(_ change: (inout RewardSourceConfiguration) -> Void) -> String? {
    var configuration = RewardSourceConfiguration()
    configuration.models = ["m"]
    change(&configuration)
    do {
      try configuration.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("settings have distinct names and a meaning of one line")
  func table() {
    let settings = RewardSourceConfiguration.settings
    #expect(Set(settings.map(\.name)).count == settings.count)
    #expect(settings.allSatisfy { $0.meaning.hasSuffix(".") && !$0.meaning.contains("\n") })
    #expect(message { _ in } == nil)
  }

  @Test("something must say how good a completion is")
  func noSource() {
    #expect(
      message { $0.models = [] }
        == "nothing says how good a completion is: give reward_model, reward_program, "
        + "reward_endpoint, reward_rules or reward_gold")
  }

  @Test("a weight for each source, and two limits in order")
  func lists() {
    #expect(
      message { $0.weights = [1, 2] }
        == "reward_weights has 2 numbers for 1 sources of reward; give one each, in the order model, "
        + "program, endpoint, rules, gold")
    #expect(
      message {
        $0.weights = [1, -2]
        $0.usesGold = true
      } == nil)
    for range in [[1.0], [2, 1], [1, 1], [1, 2, 3]] {
      #expect(
        message { $0.clipRange = range }?.contains("two numbers, the lower one first") == true)
    }
    #expect(message { $0.clipRange = [-1, 2] } == nil)
  }

  @Test("a setting without effect is refused, and says what it goes with")
  func idle() {
    let cases: [((inout RewardSourceConfiguration) -> Void, String)] = [
      (
        {
          $0.models = []
          $0.usesGold = true
          $0.aggregation = .min
        }, "reward_aggregation is given, but has an effect only with reward_model"
      ),
      ({ $0.lambda = 2 }, "reward_lambda is given, but has an effect only with reward_aggregation"),
      ({ $0.timeout = 2 }, "only with reward_program or reward_endpoint"),
      (
        {
          $0.models = []
          $0.program = "p"
          $0.normalization = .stored
        }, "only with reward_model, which stores mean and deviation"
      ),
      (
        {
          $0.models = []
          $0.rules = "r"
          $0.normalization = .running
        }, "only with reward_model, reward_program or reward_endpoint"
      ),
      (
        {
          $0.models = []
          $0.rules = "r"
          $0.likelihood = .filtered
        }, "reward_likelihood is given, but has an effect only with reward_model, reward_program"
      ),
      ({ $0.likelihoodThreshold = -9 }, "only with reward_likelihood scaled or filtered"),
    ]
    for (change, expected) in cases {
      #expect(message(change)?.contains(expected) == true, "\(message(change) ?? "")")
    }
  }
}
