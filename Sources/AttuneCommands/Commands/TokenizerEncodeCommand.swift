import ArgumentParser
import PreferenceData
import Tokenization

/// `attune tokenizer encode`: the ids that a model would see.
struct TokenizerEncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Print the token ids of texts.",
    discussion: """
      With --data, prints one JSON array of ids for each row of the file, empty texts included. \
      With --text, shows each token beside its id.
      """)

  @Option(help: ArgumentHelp("Folder with tokenizer.json.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp(
      "File that ends in .jsonl, .json or .csv, perhaps with .gz.", valueName: "file"))
  var data: String?

  @Option(help: ArgumentHelp("Field of the data that holds the texts.", valueName: "name"))
  var field: String?

  @Option(help: ArgumentHelp("A text, instead of data.", valueName: "text"))
  var text: String?

  @Option(
    help: ArgumentHelp("File for the ids, instead of standard output.", valueName: "file"))
  var out: String?

  @Flag(help: "Leave out the tokens that the tokenizer puts around each text.")
  var noSpecialTokens = false

  func validate() throws {
    guard (data == nil) != (text == nil) else {
      throw ValidationError("Give either --data with --field, or --text.")
    }
    if data != nil, field == nil {
      throw ValidationError("Missing expected argument '--field <name>'")
    }
    if text != nil, field != nil || out != nil {
      throw ValidationError("'--field' and '--out' go with '--data', not with '--text'.")
    }
  }

  func run() throws {
    let tokenizer = try Tokenizer(directory: model)
    if let text { show(tokenizer.encode(text, addSpecialTokens: !noSpecialTokens), of: tokenizer) }
    if let data, let field { try encode(field, of: data, with: tokenizer) }
  }

  private func encode(_ field: String, of path: String, with tokenizer: Tokenizer) throws {
    var output = try RowOutput(path: out)
    for (row, passage) in try TextColumn(field, of: path).texts.enumerated() {
      guard case .text(let text) = passage else {
        throw Failure(
          .data,
          "\(path): row \(row + 1): field `\(field)` holds messages, and chat templates are not "
            + "supported yet; write it as plain text")
      }
      let ids = tokenizer.encode(text, addSpecialTokens: !noSpecialTokens)
      try output.writeRow { $0.appendJSON(ids) }
      guard output.isWanted else { return }
    }
    try output.commit()
  }

  private func show(_ ids: [Int32], of tokenizer: Tokenizer) {
    var table = Table(.init("id", .right), .init("token"), .init("text"))
    for id in ids {
      table.append(
        "\(id)", tokenizer.token(for: id) ?? "", String(reflecting: tokenizer.decode([id])))
    }
    StandardStream.output.writeLine(table.rendered())
  }
}

extension [UInt8] {
  /// Appends ids as a JSON array: `[5,12,7]`.
  ///
  /// Most of the time of printing ids would go into making a text of each.
  mutating func appendJSON(_ ids: [Int32]) {
    append(UInt8(ascii: "["))
    for (index, id) in ids.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      var divisor: UInt32 = 1
      let number = id.magnitude
      while number / divisor >= 10 { divisor *= 10 }
      while divisor > 0 {
        append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
        divisor /= 10
      }
    }
    append(UInt8(ascii: "]"))
  }
}
