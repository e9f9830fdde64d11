import ArgumentParser
import TrainingConfiguration

/// Answers the flags of other tools with ours, before the arguments are parsed.
///
/// The parser itself suggests what is spelled alike, and `--per-device-train-batch-size` is not
/// spelled like `--batch-size`.
///
/// - Parameters:
///   - arguments: The arguments of a command, as they were given.
///   - type: The configuration whose settings the command takes.
/// - Throws: `ValidationError` (exit status 64) with a sentence for each such flag.
func rejectForeignFlags<Method: TrainingSettings>(
  in arguments: [String], of type: Method.Type
) throws {
  let names = Method.settings.map(\.name)
  let answers = arguments.prefix { $0 != "--" }.compactMap { argument in
    foreignFlag(String(argument.prefix { $0 != "=" }), known: names)
  }
  guard answers.isEmpty else { throw ValidationError(answers.joined(separator: "\n")) }
}
