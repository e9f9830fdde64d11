import ArgumentParser
import TrainingConfiguration

/// The flags of ``BatchConfiguration``, with the defaults of one method.
struct BatchFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(help: .setting("epochs", of: Method.self))
  var epochs: String?

  @Option(help: .setting("max_steps", of: Method.self))
  var maxSteps: String?

  @Option(help: .setting("batch_size", of: Method.self))
  var batchSize: String?

  @Option(help: .setting("gradient_accumulation_steps", of: Method.self))
  var gradientAccumulationSteps: String?

  @Option(help: .setting("micro_batch_size", of: Method.self))
  var microBatchSize: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("epochs", epochs),
      SettingFlag("max_steps", maxSteps),
      SettingFlag("batch_size", batchSize),
      SettingFlag("gradient_accumulation_steps", gradientAccumulationSteps),
      SettingFlag("micro_batch_size", microBatchSize),
    ]
    .compactMap(\.self)
  }
}
