internal import TrainingConfiguration

/// The settings of each stage that trains.
///
/// Learning rates are those of a model of a million weights; the batch sizes keep two cores busy.
struct QuickstartConfigurations {
  let recipe: QuickstartRecipe
  let layout: QuickstartLayout

  var pretraining: PretrainingConfiguration {
    var settings = PretrainingConfiguration()
    settings.model = layout.untrained
    settings.data.files = [layout.texts]
    settings.batches.epochs = recipe.textEpochs
    settings.batches.batchSize = 48
    settings.optimizer.learningRate = 4e-3
    settings.optimizer.warmupSteps = 50
    settings.run = run(.base, logging: 20)
    return settings
  }

  var supervised: SupervisedConfiguration {
    var settings = SupervisedConfiguration()
    settings.model = layout.run(.base)
    settings.data.files = [layout.answers]
    settings.batches.epochs = 1
    settings.batches.batchSize = 32
    settings.optimizer = optimizer(rate: 5e-4, warmup: 10)
    settings.run = run(.sft, logging: 5)
    return settings
  }

  var reward: RewardConfiguration {
    var settings = RewardConfiguration()
    settings.model = layout.run(.sft)
    settings.data.files = [layout.pairs]
    settings.data.evaluationFiles = [layout.heldOutPairs]
    settings.batches.epochs = 2
    settings.batches.batchSize = 32
    settings.optimizer = optimizer(rate: 1e-3, warmup: 5)
    settings.run = run(.reward, logging: 5)
    return settings
  }

  var preference: DPOConfiguration {
    var settings = DPOConfiguration()
    settings.model = layout.run(.sft)
    settings.beta = 0.1
    settings.referenceCache = layout.referenceCache
    settings.data.files = [layout.pairs]
    settings.data.evaluationFiles = [layout.heldOutPairs]
    settings.batches.epochs = 1
    settings.batches.batchSize = 32
    settings.optimizer = optimizer(rate: 2e-4, warmup: 10)
    settings.run = run(.dpo, logging: 5)
    return settings
  }

  var policy: PPOConfiguration {
    var settings = PPOConfiguration()
    settings.model = layout.run(.sft)
    settings.prompts.files = [layout.prompts]
    settings.prompts.evaluationFiles = [layout.heldOutPrompts]
    settings.reward.models = [layout.run(.reward)]
    settings.reward.normalization = .stored
    settings.watch.usesGold = true
    settings.rollout.maxCompletionLength = recipe.answerLength
    settings.epochsPerRollout = 2
    settings.batches.batchSize = 64
    settings.batches.maxSteps = recipe.policySteps
    settings.optimizer.learningRate = 1e-4
    settings.run = run(.ppo, logging: 1)
    settings.run.evaluationSteps = recipe.policySteps / 6
    return settings
  }

  private func optimizer(rate: Double, warmup: Int) -> OptimizerConfiguration {
    var optimizer = OptimizerConfiguration(learningRate: rate)
    optimizer.schedule = .cosine
    optimizer.warmupSteps = warmup
    return optimizer
  }

  private func run(_ stage: QuickstartStage, logging: Int) -> RunConfiguration {
    var run = RunConfiguration()
    run.directory = layout.run(stage)
    run.seed = Int(recipe.seed)
    run.loggingSteps = logging
    run.saveSteps = 0
    return run
  }
}
