import Testing
import TrainingConfiguration

@testable import Pipelines

@Suite("The runs of a turn")
struct LoopConfigurationsTests {
  private func configurations(
    _ training: LoopTraining, turn: Int = 2, change: (inout LoopProject) -> Void = { _ in }
  ) throws -> LoopConfigurations {
    var project = try LoopProject(name: "helpful", policy: "models/policy", training: training)
    change(&project)
    return LoopConfigurations(project: project, layout: LoopLayout(out: "loop", turn: turn))
  }

  @Test("the reward model learns from the turn's pairs, and is judged by those held out")
  func reward() throws {
    let settings = try configurations(.dpo(DPOConfiguration())).reward
    #expect(settings.model == "models/policy")
    #expect(settings.data.files == ["loop/turn-0002/data/pairs.jsonl"])
    #expect(settings.data.evaluationFiles == ["loop/turn-0002/data/held-out-pairs.jsonl"])
    #expect(settings.run.directory == "loop/turn-0002/reward/run")
    try settings.validateForRun()
    let other = try configurations(.dpo(DPOConfiguration())) { $0.reward.model = "models/base" }
    #expect(other.reward.model == "models/base")
  }

  @Test("the judge is another model from other draws")
  func judge() throws {
    let configurations = try configurations(.ppo(PPOConfiguration()))
    let (reward, judge) = (configurations.reward, configurations.judge)
    #expect(judge.run.directory == "loop/turn-0002/reward/judge")
    #expect(judge.run.seed != reward.run.seed && judge.data == reward.data)
  }

  @Test("no two runs of two turns draw the same")
  func seeds() throws {
    var seeds: Set<Int> = []
    for turn in 1...3 {
      let turn = try configurations(.ppo(PPOConfiguration()), turn: turn) { $0.seed = 3 }
      seeds.formUnion([
        turn.reward.run.seed, turn.judge.run.seed,
        turn.training(hasUnpaired: false).settings.run.seed, Int(turn.gateSeed),
      ])
    }
    #expect(seeds.count == 12)
  }

  @Test("what learns from data reads the turn's")
  func offline() throws {
    let files = "loop/turn-0002/data/"
    guard
      case .dpo(let dpo) = try configurations(.dpo(DPOConfiguration())).training(hasUnpaired: true),
      case .kto(let kto) = try configurations(.kto(KTOConfiguration())).training(hasUnpaired: true),
      case .kto(let alone) = try configurations(.kto(KTOConfiguration()))
        .training(hasUnpaired: false),
      case .sft(let sft) = try configurations(.sft(SupervisedConfiguration()))
        .training(hasUnpaired: true)
    else {
      Issue.record("the method has changed")
      return
    }
    #expect(dpo.data.files == [files + "pairs.jsonl"])
    #expect(kto.data.files == [files + "pairs.jsonl", files + "unpaired.jsonl"])
    #expect(alone.data.files == [files + "pairs.jsonl"])
    #expect(sft.data.files == [files + "demonstrations.jsonl"])
    #expect(sft.data.evaluationFiles == [files + "held-out-demonstrations.jsonl"])
    for settings in [dpo as any MethodConfiguration, kto, sft] {
      #expect(settings.model == "models/policy")
      #expect(settings.run.directory == "loop/turn-0002/training/run")
      try settings.validateForRun()
    }
  }

  @Test(
    "what learns from rewards learns from the turn's reward model, watched where that is asked for")
  func onPolicy() throws {
    let files = "loop/turn-0002/data/"
    var watched = GRPOConfiguration()
    watched.watch.usesGold = true
    guard
      case .grpo(let plain) = try configurations(.grpo(GRPOConfiguration()))
        .training(hasUnpaired: false),
      case .grpo(let other) = try configurations(.grpo(watched)).training(hasUnpaired: false)
    else {
      Issue.record("the method has changed")
      return
    }
    #expect(plain.prompts.files == [files + "prompts.jsonl"])
    #expect(plain.prompts.evaluationFiles.isEmpty)
    #expect(other.prompts.evaluationFiles == [files + "held-out-prompts.jsonl"])
    #expect(plain.reward.models == ["loop/turn-0002/reward/run"])
    try plain.validateForRun()
    try other.validateForRun()
  }
}
