import ArgumentParser
import PreferenceData
import Tokenization

/// `attune tokenizer decode`: the text that ids stand for.
struct TokenizerDecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Print the text of token ids.",
    discussion: """
      With --data, prints one JSON object {"text": …} for each row, as a text may have several \
      lines; 'tokenizer encode --field text' turns the result back into ids. With --ids, prints \
      the text itself.
      """)

  @Option(help: ArgumentHelp("Folder with tokenizer.json.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp(
      "JSON Lines: each row an array of ids, or an object with one.", valueName: "file"))
  var data: String?

  @Option(
    help: ArgumentHelp("Field with the ids, where rows are objects.", valueName: "name"))
  var field = "ids"

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Ids, instead of data.", valueName: "id"))
  var ids: [Int32] = []

  @Option(
    help: ArgumentHelp("File for the texts, instead of standard output.", valueName: "file"))
  var out: String?

  @Flag(help: "Leave special tokens out of the text.")
  var skipSpecialTokens = false

  func validate() throws {
    guard (data == nil) != ids.isEmpty else {
      throw ValidationError("Give either --data or --ids.")
    }
    if !ids.isEmpty, out != nil {
      throw ValidationError("'--out' goes with '--data', not with '--ids'.")
    }
  }

  func run() throws {
    let tokenizer = try Tokenizer(directory: model)
    guard let data else {
      return StandardStream.output.writeLine(
        tokenizer.decode(ids, skipSpecialTokens: skipSpecialTokens))
    }
    var output = try RowOutput(path: out)
    for ids in try TokenIDFile(path: data, field: field).rows {
      let text = tokenizer.decode(ids, skipSpecialTokens: skipSpecialTokens)
      var row = JSONReport()
      row.add("text", text)
      try output.writeRow { $0 += row.line.utf8 }
      guard output.isWanted else { return }
    }
    try output.commit()
  }
}
