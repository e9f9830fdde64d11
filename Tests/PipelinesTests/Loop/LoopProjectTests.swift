import ConfigurationFiles
import Monitoring
import Testing
import TrainingConfiguration

@testable import Pipelines

@Suite("A project file of the loop")
struct LoopProjectTests {
  private static let least = "name: helpful\npolicy: models/policy\ndata: [pairs.jsonl]\n"

  private func project(_ text: String) throws -> LoopProject {
    try YAMLDocument(text: text, path: "p.yaml").decode()
  }

  /// What is said about a file.
  private func problem(_ text: String) -> String? {
    do {
      _ = try project(text)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("what is left out has a default")
  func defaults() throws {
    let project = try project(Self.least + "training: {method: dpo}\n")
    #expect(project.name == "helpful" && project.policy == "models/policy")
    #expect(project.feedback == nil && project.prompts == nil && project.annotations.isEmpty)
    #expect(project.minimumPairs == 200 && project.heldOut == 0.1 && project.seed == 0)
    #expect(project.judge == .reward && project.out == "loop")
    #expect(project.reward == RewardConfiguration() && project.training == .dpo(DPOConfiguration()))
    #expect(project.canary.steps.map(\.share) == [0.01, 0.05, 0.25, 0.5, 1])
    #expect(project.gate.criteria.map(\.metric) == [.rewardAccuracy, .winRate, .kl])
    #expect(project.gate.criteria.map(\.isConfident) == [false, true, false])
    #expect(project.sampling.maxNewTokens == 256 && project.sampling.temperature == 1)
  }

  @Test("every field says something")
  func fields() throws {
    let project = try project(
      """
      name: v2.helpful-1
      policy: models/policy
      feedback: feedback.sqlite
      annotations: [team.attune, other.attune]
      data: [a.jsonl, b.csv]
      prompts: prompts.jsonl
      minimum_pairs: 50
      held_out: 0.25
      reward: {learning_rate: 0.002, ensemble_size: 3, model: models/base}
      training: {method: kto, beta: 0.3}
      judge: sandbox
      sampling: {max_new_tokens: 12, temperature: 0.5, completions: 2}
      gate: {criteria: {kl: {below: 3}}}
      canary: {steps: [0.2, 1], minimum_requests: 9, alpha: 0.1}
      out: turns
      seed: 7
      """)
    #expect(project.feedback == "feedback.sqlite")
    #expect(project.annotations == ["team.attune", "other.attune"])
    #expect(project.data == ["a.jsonl", "b.csv"] && project.prompts == "prompts.jsonl")
    #expect(project.minimumPairs == 50 && project.heldOut == 0.25 && project.seed == 7)
    #expect(project.reward.optimizer.learningRate == 0.002 && project.reward.ensembleSize == 3)
    #expect(project.reward.model == "models/base")
    guard case .kto(let settings) = project.training else {
      Issue.record("the method is \(project.training.method)")
      return
    }
    #expect(settings.beta == 0.3)
    #expect(project.judge == .sandbox && project.out == "turns")
    #expect(project.sampling.maxNewTokens == 12 && project.sampling.temperature == 0.5)
    #expect(project.sampling.completions == 2)
    #expect(project.gate.criteria == [.init(.kl, .below(3))])
    #expect(project.canary.steps.map(\.minimumRequests) == [9, 9] && project.canary.alpha == 0.1)
  }

  @Test(
    "all methods are read", arguments: ["sft", "dpo", "kto", "ppo", "rloo", "grpo", "reinforce"])
  func methods(name: String) throws {
    let project = try project(Self.least + "training: {method: \(name)}\n")
    #expect(project.training.method.rawValue == name)
    #expect(project.training.isOnPolicy == ["ppo", "rloo", "grpo", "reinforce"].contains(name))
  }

  @Test(
    "what is wrong is said with its place and what is allowed",
    arguments: [
      (
        "trainin: {method: dpo}",
        "p.yaml:4:10: 'trainin': is a mapping, which is not allowed: a loop project has no field 'trainin'; "
          + "did you mean 'training'?"
      ),
      (
        "training: {method: dpo}\nheldout: 0.1",
        "p.yaml:5:10: 'heldout': is '0.1', which is not allowed: a loop project has no field 'heldout'; did "
          + "you mean 'held_out'?"
      ),
      (
        "",
        "p.yaml:1:1: is a mapping, which is not allowed: 'training' is missing; say how, for instance "
          + "'training: {method: dpo}'"
      ),
      (
        "training: {beta: 0.1}",
        "p.yaml:4:11: 'training': is a mapping, which is not allowed: 'method' is missing; give one of sft, "
          + "dpo, kto, ppo, rloo, grpo, reinforce"
      ),
      (
        "training: {method: dpoo}",
        "p.yaml:4:20: 'training.method': is 'dpoo', which is not allowed: it must be one of sft, dpo, kto, "
          + "ppo, rloo, grpo, reinforce; did you mean 'dpo'?"
      ),
      (
        "training: {method: dpo, betta: 0.1}",
        "p.yaml:4:32: 'training.betta': is '0.1', which is not allowed: unknown setting 'betta'; did you mean "
          + "'beta'?"
      ),
      (
        "training: {method: dpo, beta: 0}",
        "p.yaml:4:31: 'training.beta': is '0', which is not allowed: beta is 0.0, but must be above 0; the "
          + "default is 0.1"
      ),
      (
        "training: {method: dpo, model: other}",
        "p.yaml:4:32: 'training.model': is 'other', which is not allowed: the loop sets it; leave it out"
      ),
      (
        "training: {method: dpo}\nreward: {seed: 3}",
        "p.yaml:5:16: 'reward.seed': is '3', which is not allowed: the loop sets it; leave it out"
      ),
      (
        "training: {method: dpo}\nminimum_pairs: 1",
        "p.yaml:5:16: 'minimum_pairs': is '1', which is not allowed: at least 2 are needed, one to learn from "
          + "and one held out"
      ),
      (
        "training: {method: dpo}\nheld_out: 0.6",
        "p.yaml:5:11: 'held_out': is '0.6', which is not allowed: it must be above 0 and at most 0.5; 0.1 is "
          + "usual"
      ),
      (
        "training: {method: dpo}\nseed: -1",
        "p.yaml:5:7: 'seed': is '-1', which is not allowed: it must be from 0 to 999999"
      ),
      (
        "training: {method: dpo}\njudge: gold",
        "p.yaml:5:8: 'judge': is 'gold', which is not allowed: it must be one of reward, sandbox"
      ),
      (
        "training: {method: dpo}\nout: ''",
        "p.yaml:5:6: 'out': is '', which is not allowed: it must be a folder"
      ),
      (
        "training: {method: dpo}\nsampling: {completions: 0}",
        "p.yaml:5:25: 'sampling.completions': is '0', which is not allowed: it must be at least 1"
      ),
      (
        "training: {method: dpo}\nsampling: {temperature: 0}",
        "p.yaml:5:25: 'sampling.temperature': is '0', which is not allowed: it must be above 0"
      ),
      (
        "training: {method: dpo}\nsampling: {max_new_tokens: 0}",
        "p.yaml:5:28: 'sampling.max_new_tokens': is '0', which is not allowed: it must be at least 1"
      ),
      (
        "training: {method: dpo}\ncanary: {experiment: mine}",
        "p.yaml:5:22: 'canary.experiment': is 'mine', which is not allowed: the experiment is named by the "
          + "loop; leave it out"
      ),
      (
        "training: {method: dpo}\ncanary: {steps: []}",
        "p.yaml:5:9: 'canary': is a mapping, which is not allowed: the canary has no steps; give at least one "
          + "share of traffic, such as 0.05"
      ),
      (
        "training: {method: dpo}\ngate: {}",
        "p.yaml:5:7: 'gate': is a mapping, which is not allowed: 'criteria' is missing; name at least one, "
          + "for instance 'kl: {below: 10}'"
      ),
    ])
  func mistakes(text: String, sentence: String) {
    #expect(problem(Self.least + text + "\n") == sentence)
  }

  @Test("a name is one of which experiments are named, and there must be something to learn from")
  func rest() {
    let training = "training: {method: dpo}\n"
    #expect(
      problem("name: two words\npolicy: p\ndata: [d]\n" + training)
        == "p.yaml:1:7: 'name': is 'two words', which is not allowed: experiments are named after it: give "
        + "letters, digits, '-', '_' and '.', such as 'helpful'")
    #expect(
      problem("name: helpful\npolicy: p\n" + training)
        == "p.yaml:1:1: is a mapping, which is not allowed: nothing says what people prefer; give feedback, "
        + "annotations or data")
    #expect(problem("policy: p\n" + training) == "p.yaml:1:1: 'name' is missing")
    #expect(problem("name: n\n" + training) == "p.yaml:1:1: 'policy' is missing")
  }
}
