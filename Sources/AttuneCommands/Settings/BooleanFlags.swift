import TrainingConfiguration

/// Lets a Boolean setting stand alone on the command line: `--strict` means `--strict true`.
///
/// The parser knows flags without a value and options with one, and nothing that is both.
///
/// - Parameters:
///   - arguments: The arguments of a command, as they were given.
///   - type: The configuration whose settings the command takes.
/// - Returns: The arguments with `true` behind each Boolean setting that has no value.
func spellingOutBooleans<Method: TrainingSettings>(
  in arguments: [String], of type: Method.Type
) -> [String] {
  let flags = Set(Method.settings.filter { $0.placeholder == "true|false" }.map(\.flag))
  let end = arguments.firstIndex(of: "--") ?? arguments.count
  return arguments.indices.flatMap { index in
    let argument = arguments[index]
    guard index < end, flags.contains(argument) else { return [argument] }
    let next = arguments.dropFirst(index + 1).first
    return next.map { $0.hasPrefix("-") } ?? true ? [argument, "true"] : [argument]
  }
}
