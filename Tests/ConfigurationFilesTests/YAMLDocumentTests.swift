import ConfigurationFiles
import Foundation
import Testing
import TrainingConfiguration

/// A value of another kind than settings, as recipes and constitutions will be.
private struct Principle: Decodable, Equatable {
  struct Example: Decodable, Equatable {
    let text: String
    let weight: Double
  }
  let name: String
  let examples: [Example]
}

@Suite("YAML documents")
struct YAMLDocumentTests {
  /// The message that a text gives when it is read as a DPO configuration.
  private func message(_ text: String) -> String? {
    do {
      _ = try YAMLDocument(text: text, path: "dpo.yaml").decode(DPOConfiguration.self)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func decode(_ text: String) throws -> DPOConfiguration {
    try YAMLDocument(text: text, path: "dpo.yaml").decode()
  }

  @Test("numbers are numbers with and without a point", arguments: ["1e-5", "1.0e-5", "0.00001"])
  func numbers(text: String) throws {
    #expect(try decode("learning_rate: \(text)").optimizer.learningRate == 1e-5)
    #expect(try decode("beta: 1").beta == 1)
  }

  @Test("numbers are decimal: YAML 1.1 would take 010 for 8 and 1:30 for 90")
  func decimal() throws {
    #expect(try decode("seed: 010\n").run.seed == 10)
    #expect(message("seed: 1:30\n") == "dpo.yaml:1:7: seed must be a whole number, but is '1:30'")
    #expect(message("beta: 1:30\n") == "dpo.yaml:1:7: beta must be a number, but is '1:30'")
  }

  @Test("no and on are truth values only where one is expected")
  func truthValues() throws {
    let configuration = try decode(
      "shuffle: no\nstrict: on\nmodel: no\nout: on\ndata: [yes, off]\n")
    #expect(!configuration.data.shuffle)
    #expect(configuration.data.strict)
    #expect(configuration.model == "no")
    #expect(configuration.run.directory == "on")
    #expect(configuration.data.files == ["yes", "off"])
  }

  @Test("texts that look like numbers stay texts")
  func texts() throws {
    let configuration = try decode("model: 007\nout: '3'\nreference_model: ~\n")
    #expect(configuration.model == "007")
    #expect(configuration.run.directory == "3")
    #expect(configuration.referenceModel == nil)
  }

  @Test("comments, Windows line ends and merge keys are YAML")
  func syntax() throws {
    #expect(try decode("# settings\r\nbeta: 0.5 # half\r\nepochs: 2\r\n").batches.epochs == 2)
    #expect(try decode("<<: {beta: 0.5, epochs: 2}\nepochs: 4\n").batches.epochs == 4)
    #expect(try decode("<<: {beta: 0.5, epochs: 2}\nepochs: 4\n").beta == 0.5)
  }

  @Test("wrong types and names are told with line and column")
  func places() {
    #expect(
      message("beta: 0.1\nepochs: 2.5\nlearnin_rate: 1\n") == """
        dpo.yaml:3:1: unknown setting 'learnin_rate'; did you mean 'learning_rate'?
        dpo.yaml:2:9: epochs must be a whole number, but is '2.5'
        """)
    #expect(
      message("beta:\n  - 1\n") == "dpo.yaml:2:3: beta must be a number, but is a list")
    #expect(message("beta:\n") == "dpo.yaml:1:6: beta must be a number, but is empty")
    #expect(
      message("shuffle: 'yes!'\n")
        == "dpo.yaml:1:10: shuffle must be true or false, but is 'yes!'")
  }

  @Test("what is no mapping, no YAML, or given twice is refused with its place")
  func malformed() {
    #expect(
      message("") == "dpo.yaml: the file is empty; write settings as 'name: value', one a line")
    #expect(
      message("# nothing\n")
        == "dpo.yaml: the file is empty; write settings as 'name: value', one a line")
    #expect(
      message("- beta\n") == "dpo.yaml:1:1: must hold settings as 'name: value', one a line, "
        + "but is a list")
    #expect(
      message("beta 0.1\n") == "dpo.yaml:1:1: must hold settings as 'name: value', one a line, "
        + "but is 'beta 0.1'")
    #expect(
      message("seed: 1\nbeta: 0.1\nbeta: 0.2\n")
        == "dpo.yaml:2:1: 'beta' is given more than once; keep one")
    #expect(
      message("? [a, b]\n: 1\n")
        == "dpo.yaml:1:3: the name of a setting must be a text, but is a list")
    #expect(
      message("data: [a, b\nbeta: 1\n")
        == "dpo.yaml:2:5: not valid YAML: did not find expected ',' or ']'")
    #expect(
      message("beta: 1\ndata:\n\t- a\n")
        == "dpo.yaml:3:1: not valid YAML: found character that cannot start any token; "
        + "this line has a tab, write spaces instead")
    #expect(
      message("beta: 1\n---\nbeta: 2\n")
        == "dpo.yaml:2:1: not valid YAML: but found another document")
  }

  @Test("other values are decoded as well, and their problems told with path, line and column")
  func otherValues() throws {
    let good = "name: kind\nexamples:\n  - {text: a, weight: 1}\n"
    #expect(
      try YAMLDocument(text: good, path: "p.yaml").decode(Principle.self)
        == Principle(name: "kind", examples: [.init(text: "a", weight: 1)]))
    for (text, expected) in [
      ("name: kind\n", "p.yaml:1:1: 'examples' is missing"),
      (
        "name: kind\nexamples:\n  - text: a\n    weight: heavy\n",
        "p.yaml:4:13: 'examples.0.weight': must be a number, but is 'heavy'"
      ),
      (
        "name: kind\nexamples: none\n",
        "p.yaml:2:11: 'examples': must be a list, but is 'none'"
      ),
      (
        "name: kind\nexamples: [one]\n",
        "p.yaml:2:12: 'examples.0': must be a mapping, but is 'one'"
      ),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        try YAMLDocument(text: text, path: "p.yaml").decode(Principle.self)
      }
      #expect(error?.description == expected)
    }
  }
}

@Suite("YAML files")
struct YAMLFileTests {
  /// Writes bytes to a file of its own, and gives its path to `body`.
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }

  @Test("a byte-order mark is no part of the text")
  func byteOrderMark() throws {
    try withFile([0xEF, 0xBB, 0xBF] + Array("beta: 0.5\n".utf8)) { path in
      let configuration: DPOConfiguration = try YAMLDocument(contentsOf: path).decode()
      #expect(configuration.beta == 0.5)
    }
  }

  @Test("invalid UTF-8 is told with its line")
  func invalidUTF8() throws {
    try withFile(Array("beta: 1\nmodel: caf".utf8) + [0xE9, 0x0A]) { path in
      let error = #expect(throws: ConfigurationError.self) { try YAMLDocument(contentsOf: path) }
      #expect(error?.description == "\(path):2: this line is not UTF-8; save the file as UTF-8")
    }
  }

  @Test("missing files and directories are told apart")
  func missing() {
    let nowhere = #expect(throws: ConfigurationError.self) {
      try YAMLDocument(contentsOf: "/nowhere/dpo.yaml")
    }
    #expect(
      nowhere?.description == "/nowhere/dpo.yaml: there is no such file; check the path")
    let directory = #expect(throws: ConfigurationError.self) { try YAMLDocument(contentsOf: "/") }
    #expect(directory?.description == "/: this is a directory; give a YAML file in it")
  }
}
