import ArgumentParser

/// `attune tokenizer`: text to token ids and back.
struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer",
    abstract: "Turn text into token ids, and back.",
    subcommands: [TokenizerEncodeCommand.self, TokenizerDecodeCommand.self])
}
