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

  private func train(_ arguments: String...) throws -> Invocation {
    try Invocation(["tokenizer", "train"] + arguments, in: folder)
  }

  private static let texts = """
    {"text": "the cat sat on the mat"}
    {"text": "the hat sat on the cat"}

    """

  @Test("train writes a tokenizer that opens, and says what it is")
  func trains() throws {
    try folder.write(Self.texts, to: "a.jsonl")
    let run = try train("--data", "a.jsonl", "--vocab-size", "262", "--out", "made/tok")
    #expect(run.status == 0)
    // at (6 times) · Ġt (5) · he (5) · the (4, of "the" and "hat" the rest): 44 bytes.
    #expect(run.output.hasPrefix("made/tok: vocabulary 262, 4 merges, "))
    #expect(run.error.contains("attune: 2 records, 44 B of text, "))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.url.appending(path: "made/tok").path)
    #expect(names.sorted() == ["tokenizer.json", "tokenizer_config.json"])
    let encoded = try Invocation(
      "tokenizer", "encode", "--model", "made/tok", "--text", "<|endoftext|><|padding|>!",
      in: folder)
    #expect(encoded.output.contains(" 0  <|endoftext|>"))
    #expect(encoded.output.contains(" 1  <|padding|>"))
    #expect(encoded.output.contains(" 2  !"))

    _ = try train("--data", "a.jsonl", "--vocab-size", "262", "--out", "again")
    #expect(try folder.text("again/tokenizer.json") == folder.text("made/tok/tokenizer.json"))
  }

  @Test("train takes every type of record, and special tokens of one's own")
  func trainsOnRecords() throws {
    try folder.write(
      #"{"prompt": "abab", "chosen": "xyxy", "rejected": "uvuv"}"# + "\n", to: "pairs.jsonl")
    try folder.write(
      #"{"prompt": [{"role": "user", "content": "qrqr"}], "completion": "cdcd"}"# + "\n",
      to: "demonstrations.jsonl")
    let run = try train(
      "--data", "pairs.jsonl", "demonstrations.jsonl", "--vocab-size", "265", "--out", "tok",
      "--end-of-sequence", "</s>", "--padding", "--pad--", "--special-token", "<u>",
      "--special-token", "-a", "--json")
    #expect(run.status == 0, "\(run.error)")
    let report = try run.report()
    #expect(report["vocabulary_size"] as? Int == 265)
    #expect(report["merges"] as? Int == 5)
    #expect(report["is_full"] as? Bool == true)
    #expect(report["special_tokens"] as? [String] == ["</s>", "--pad--", "<u>", "-a"])
    #expect(report["records"] as? Int == 2)
    #expect((report["bytes"] as? Int, report["tokens"] as? Int) == (20, 10))
    #expect(report["bytes_per_token"] as? Double == 2)
    // Five pairs occur twice each; the smallest ids come first.
    let file = try folder.text("tok/tokenizer.json")
    #expect(
      file.contains(
        "\"merges\": [\n[\"a\", \"b\"],\n[\"c\", \"d\"],\n[\"q\", \"r\"],\n[\"u\", \"v\"],\n"
          + "[\"x\", \"y\"]\n]"))
    let configuration = try folder.text("tok/tokenizer_config.json")
    #expect(configuration.contains("\"eos_token\": \"</s>\""))
    #expect(configuration.contains("\"pad_token\": \"--pad--\""))
  }

  @Test("train on too little text writes what there is, and says so")
  func littleText() throws {
    try folder.write(Self.texts, to: "a.jsonl")
    let run = try train(
      "--data", "a.jsonl", "--vocab-size", "1000", "--out", "tok", "--min-frequency", "4")
    #expect(run.status == 0)
    #expect(
      run.error.contains(
        "tokens, not 1000: no two tokens are left that stand side by side 4 times or more; give "
          + "more text or a lower --min-frequency, or be content with fewer tokens\n"))
    #expect(try folder.names() == ["a.jsonl", "tok"])
  }

  @Test("train counts rows that it leaves out, and stops at malformed ones")
  func trainingRows() throws {
    try folder.write(Self.texts + "{\"text\": \" \"}\n", to: "blank.jsonl")
    let run = try train("--data", "blank.jsonl", "--vocab-size", "260", "--out", "tok")
    #expect(run.status == 0)
    #expect(run.error.contains("; left out:\n  1 row: the text is empty (blank.jsonl:3)\n"))

    try folder.write(Self.texts + "{\"text\": 1}\n", to: "bad.jsonl")
    let bad = try train("--data", "bad.jsonl", "--vocab-size", "260", "--out", "other")
    #expect(bad.status == 65)
    #expect(bad.error.contains("bad.jsonl:3: field `text`"))
    try folder.write("{\"text\": \"\"}\n", to: "none.jsonl")
    let none = try train("--data", "none.jsonl", "--vocab-size", "260", "--out", "other")
    #expect(none.status == 65)
    #expect(none.error.contains("none.jsonl: no usable row is left:"))
    let missing = try train("--data", "x.jsonl", "--vocab-size", "260", "--out", "other")
    #expect(missing.status == 65)
    #expect(missing.error.contains("x.jsonl: there is no such file"))
    #expect(try folder.names() == ["bad.jsonl", "blank.jsonl", "none.jsonl", "tok"])
  }

  @Test("train refuses a recipe that cannot be followed, and an output that is there")
  func trainingUsage() throws {
    try folder.write(Self.texts, to: "a.jsonl")
    func message(_ arguments: String...) throws -> String {
      let run = try Invocation(
        ["tokenizer", "train", "--data", "a.jsonl", "--out", "tok"] + arguments, in: folder)
      #expect(run.status == 64)
      return run.error
    }
    #expect(
      try message("--vocab-size", "257")
        == "attune: error: the vocabulary size is 257, but 256 bytes and 2 special tokens are in "
        + "every vocabulary; ask for 258 or more\n")
    #expect(
      try message("--vocab-size", "300", "--special-token", "<|padding|>")
        .contains("the special token \"<|padding|>\" is given twice"))
    #expect(
      try message("--vocab-size", "300", "--min-frequency=-1")
        .contains("the minimum frequency is -1, but must be at least 0"))
    #expect(try folder.names() == ["a.jsonl"])
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "tok"), withIntermediateDirectories: true)
    try folder.write("mine", to: "tok/file")
    #expect(
      try message("--vocab-size", "300")
        == "attune: error: tok: the directory is not empty; choose another --out\n")
    #expect(try folder.text("tok/file") == "mine")
  }
}
