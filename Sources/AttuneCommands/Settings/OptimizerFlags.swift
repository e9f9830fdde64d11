import ArgumentParser
import TrainingConfiguration

/// The flags of ``OptimizerConfiguration``, with the defaults of one method.
struct OptimizerFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(help: .setting("learning_rate", of: Method.self))
  var learningRate: String?

  @Option(help: .setting("lr_scheduler_type", of: Method.self))
  var lrSchedulerType: String?

  @Option(help: .setting("warmup_steps", of: Method.self))
  var warmupSteps: String?

  @Option(help: .setting("weight_decay", of: Method.self))
  var weightDecay: String?

  @Option(name: .customLong("adam-beta1"), help: .setting("adam_beta1", of: Method.self))
  var adamBeta1: String?

  @Option(name: .customLong("adam-beta2"), help: .setting("adam_beta2", of: Method.self))
  var adamBeta2: String?

  @Option(help: .setting("adam_epsilon", of: Method.self))
  var adamEpsilon: String?

  @Option(help: .setting("max_grad_norm", of: Method.self))
  var maxGradNorm: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("learning_rate", learningRate),
      SettingFlag("lr_scheduler_type", lrSchedulerType),
      SettingFlag("warmup_steps", warmupSteps),
      SettingFlag("weight_decay", weightDecay),
      SettingFlag("adam_beta1", adamBeta1),
      SettingFlag("adam_beta2", adamBeta2),
      SettingFlag("adam_epsilon", adamEpsilon),
      SettingFlag("max_grad_norm", maxGradNorm),
    ]
    .compactMap(\.self)
  }
}
