import TrainingConfiguration

/// Lets the value of a setting be a negative number: `--reward-clip-range -5 5`.
///
/// The parser takes `-5` for an option, unless it is joined to its flag: `--reward-clip-range=-5 5`.
///
/// - Parameters:
///   - arguments: The arguments of a command, as they were given.
///   - type: The configuration whose settings the command takes.
/// - Returns: The arguments with negative numbers joined to the flags of settings.
func joiningNegativeNumbers<Method: TrainingSettings>(
  in arguments: [String], of type: Method.Type
) -> [String] {
  let settings = Dictionary(uniqueKeysWithValues: Method.settings.map { ($0.flag, $0) })
  let end = arguments.firstIndex(of: "--") ?? arguments.count
  var result: [String] = []
  var flag: String?
  for argument in arguments[..<end] {
    guard argument.hasPrefix("-"), Double(argument) != nil else {
      if argument.hasPrefix("-") { flag = settings[argument]?.flag }
      result.append(argument)
      continue
    }
    if let flag, result.last == flag {
      result[result.count - 1] = "\(flag)=\(argument)"
    } else if let flag, settings[flag]?.literal(Method()).isList == true {
      result.append("\(flag)=\(argument)")
    } else {
      result.append(argument)
    }
  }
  return result + arguments[end...]
}

extension SettingLiteral {
  /// Whether there may be several values.
  fileprivate var isList: Bool {
    switch self {
    case .words, .list: true
    case .none, .word, .text: false
    }
  }
}
