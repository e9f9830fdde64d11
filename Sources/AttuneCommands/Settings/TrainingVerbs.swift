import TrainingConfiguration

/// The settings of each training command, by the command's name.
private let trainingVerbs: [String: any TrainingSettings.Type] = [
  "dpo": DPOConfiguration.self,
  "kto": KTOConfiguration.self,
  "reward": RewardConfiguration.self,
  "sft": SupervisedConfiguration.self,
  "pretrain": PretrainingConfiguration.self,
]

/// Prepares the arguments of a training command for the parser: answers the flags of other tools and
/// spells out Boolean settings that stand alone.
///
/// - Parameter arguments: What follows the program's name.
/// - Returns: The arguments for the parser; those of other commands as they are.
/// - Throws: `ValidationError` (exit status 64) with a sentence for each flag of another tool.
func preparedForParsing(_ arguments: [String]) throws -> [String] {
  let verb = arguments.first == "plan" ? arguments.dropFirst().first : arguments.first
  guard let type = verb.flatMap({ trainingVerbs[$0] }) else { return arguments }
  try rejectForeignFlags(in: arguments, of: type)
  return spellingOutBooleans(in: arguments, of: type)
}
