import Foundation
import Testing

/// The ids are Tokenization's affair, and tested there; here it is what goes in and comes out.
@Suite("attune tokenizer")
struct TokenizerCommandTests {
  private let folder: TestFolder
  private let model = RepositoryFile.tokenizer

  init() throws { folder = try TestFolder() }

  private func encode(_ arguments: String...) throws -> Invocation {
    try Invocation(["tokenizer", "encode", "--model", model] + arguments, in: folder)
  }

  private func decode(_ arguments: String...) throws -> Invocation {
    try Invocation(["tokenizer", "decode", "--model", model] + arguments, in: folder)
  }

  @Test("one array of ids a row, and decode gives the texts back")
  func roundTrip() throws {
    let texts = ["Hello there", "", "two\nlines \"quoted\"", "漢字 🙂", "<|endoftext|>"]
    let rows = try texts.map { text in
      String(decoding: try JSONEncoder().encode(["text": text]), as: UTF8.self)
    }
    try folder.write(rows.joined(separator: "\n") + "\n", to: "texts.jsonl")
    let run = try encode("--data", "texts.jsonl", "--field", "text")
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    let ids = try run.output.split(separator: "\n").map {
      try JSONDecoder().decode([Int].self, from: Data($0.utf8))
    }
    #expect(ids.count == texts.count)
    #expect(ids[1] == [])
    #expect(ids[4] == [0])

    #expect(
      try encode("--data", "texts.jsonl", "--field", "text", "--out", "ids.jsonl").output.isEmpty)
    #expect(try folder.text("ids.jsonl") == run.output)
    let back = try decode("--data", "ids.jsonl")
    #expect(back.status == 0)
    let decoded = try back.output.split(separator: "\n").map {
      try JSONDecoder().decode([String: String].self, from: Data($0.utf8))["text"]
    }
    #expect(decoded == texts)

    #expect(
      try decode("--data", "ids.jsonl", "--skip-special-tokens").output.hasSuffix(
        "{\"text\": \"\"}\n"))
    _ = try decode("--data", "ids.jsonl", "--out", "texts2.jsonl")
    #expect(try folder.text("texts2.jsonl") == back.output)
  }

  @Test("rows of ids may be objects")
  func idObjects() throws {
    try folder.write("[0]\n\n{\"ids\": [0, 0]}\n", to: "ids.jsonl")
    #expect(
      try decode("--data", "ids.jsonl").output
        == "{\"text\": \"<|endoftext|>\"}\n{\"text\": \"<|endoftext|><|endoftext|>\"}\n")
    try folder.write("{\"chosen_token_ids\": [0]}\n", to: "scores.jsonl")
    #expect(
      try decode("--data", "scores.jsonl", "--field", "chosen_token_ids").output
        == "{\"text\": \"<|endoftext|>\"}\n")
  }

  @Test("one text, one list of ids")
  func single() throws {
    let run = try encode("--text", "H<|endoftext|>")
    #expect(
      run.output == """
        id  token          text
        --  -------------  ---------------
        41  H              "H"
         0  <|endoftext|>  "<|endoftext|>"

        """)
    #expect(try decode("--ids", "41", "0").output == "H<|endoftext|>\n")
    #expect(try decode("--ids", "41", "0", "--skip-special-tokens").output == "H\n")
  }

  @Test("special tokens that the tokenizer puts around a text can be left out")
  func specialTokens() throws {
    let model = RepositoryFile.recorded.appending(path: "tokenizer_bos").path
    func count(_ arguments: String...) throws -> Int {
      let run = try Invocation(
        ["tokenizer", "encode", "--model", model, "--text", "a"] + arguments)
      return run.output.split(separator: "\n").count
    }
    #expect(try count() == (try count("--no-special-tokens")) + 1)
  }

  @Test("malformed ids name their lines")
  func malformedIDs() throws {
    try folder.write("[1]\n{\"x\": [1]}\nfoo\n[1.5]\n[-1]\n", to: "ids.jsonl")
    let run = try decode("--data", "ids.jsonl")
    #expect(run.status == 65)
    let allowed =
      "allowed is a list of token ids, [5, 12], or an object with one in the field `ids`; "
      + "correct the row or give --field"
    #expect(
      run.error == """
        attune: error: ids.jsonl:2: saw JSON of another form; \(allowed)
        ids.jsonl:3: saw something else than JSON; \(allowed)
        ids.jsonl:4: saw JSON of another form; \(allowed)
        ids.jsonl:5: saw JSON of another form; \(allowed)

        """)
    #expect(run.output.isEmpty)
  }

  @Test("errors name file, field and remedy")
  func errors() throws {
    try folder.write("{\"text\": \"a\"}\n{\"note\": 1}\n", to: "a.jsonl")
    let missing = try encode("--data", "a.jsonl", "--field", "text", "--out", "ids.jsonl")
    #expect(missing.status == 65)
    #expect(missing.error.contains("a.jsonl:2: field `text`: saw no such field"))
    #expect(try folder.names() == ["a.jsonl"])

    try folder.write(
      "{\"text\": [{\"role\": \"user\", \"content\": \"a\"}]}\n", to: "messages.jsonl")
    let messages = try encode("--data", "messages.jsonl", "--field", "text")
    #expect(messages.status == 65)
    #expect(
      messages.error
        == "attune: error: messages.jsonl: row 1: field `text` holds messages, and chat templates "
        + "are not supported yet; write it as plain text\n")

    let noFolder = try encode("--data", "a.jsonl", "--field", "text", "--out", "none/ids.jsonl")
    #expect(noFolder.status == 64)
    #expect(noFolder.error.hasPrefix("attune: error: none/ids.jsonl: cannot create the file:"))

    let noModel = try Invocation("tokenizer", "encode", "--model", "none", "--text", "a")
    #expect(noModel.status == 65)
    #expect(
      noModel.error
        == "attune: error: none/tokenizer.json: there is no such file; "
        + "a model directory must have its tokenizer.json.\n")
    #expect(try decode("--data", "none.jsonl").error.contains("none.jsonl: there is no such file"))
    #expect(try decode("--data", ".").status == 65)
  }

  @Test("options that do not go together are wrong usage")
  func usage() throws {
    let both = try encode("--text", "a", "--data", "a.jsonl")
    #expect(both.status == 64)
    #expect(both.error.contains("error: Give either --data with --field, or --text.\nUsage: "))
    #expect(try encode("--data", "a.jsonl").error.contains("argument '--field <name>'"))
    #expect(try encode("--text", "a", "--out", "b").error.contains("go with '--data'"))
    #expect(try decode().error.contains("error: Give either --data or --ids.\n"))
    #expect(try decode("--ids", "1", "--out", "b").error.contains("goes with '--data'"))
  }
}
