import TrainingConfiguration

/// The settings of each training command, by the command's name.
private let trainingVerbs: [String: any TrainingSettings.Type] = [
  "dpo": DPOConfiguration.self,
  "kto": KTOConfiguration.self,
  "reward": RewardConfiguration.self,
  "sft": SupervisedConfiguration.self,
  "pretrain": PretrainingConfiguration.self,
  "ppo": PPOConfiguration.self,
  "rloo": RLOOConfiguration.self,
  "grpo": GRPOConfiguration.self,
  "reinforce": ReinforceConfiguration.self,
]

/// The settings that commands take beside options of their own, by the command's name.
private let verbsWithSettings: [String: any TrainingSettings.Type] = [
  "generate": RewardSourceConfiguration.self
]

/// Prepares the arguments of a command with settings for the parser: answers the flags of other tools,
/// spells out Boolean settings that stand alone, and joins negative numbers to their flags.
///
/// - Parameter arguments: What follows the program's name.
/// - Returns: The arguments for the parser; those of other commands as they are.
/// - Throws: `ValidationError` (exit status 64) with a sentence for each flag of another tool.
func preparedForParsing(_ arguments: [String]) throws -> [String] {
  func spelledOut(_ type: (some TrainingSettings).Type) -> [String] {
    joiningNegativeNumbers(in: spellingOutBooleans(in: arguments, of: type), of: type)
  }
  let verb = (arguments.first == "plan" ? arguments.dropFirst().first : arguments.first) ?? ""
  if let type = trainingVerbs[verb] {
    try rejectForeignFlags(in: arguments, of: type)
    return spelledOut(type)
  }
  return verbsWithSettings[verb].map { spelledOut($0) } ?? arguments
}
