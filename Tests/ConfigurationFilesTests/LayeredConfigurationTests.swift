import ConfigurationFiles
import Testing
import TrainingConfiguration

@Suite("Layers of configuration")
struct LayeredConfigurationTests {
  private func document(_ text: String) throws -> YAMLDocument {
    try YAMLDocument(text: text, path: "dpo.yaml")
  }

  @Test("defaults < file < --set < flags, whatever is given twice")
  func precedence() throws {
    var layers = LayeredConfiguration()
    #expect(try layers.resolve(DPOConfiguration.self) == DPOConfiguration())
    layers.merge(try document("beta: 0.2\nepochs: 5\nmax_length: 64\n"))
    try layers.merge(assignment: "epochs=6")
    try layers.merge(assignment: "epochs=7")
    try layers.merge(assignment: "max_length=128")
    layers.merge(flag: "--max-length", of: "max_length", values: ["256"])
    let configuration = try layers.resolve(DPOConfiguration.self)
    #expect(configuration.beta == 0.2)
    #expect(configuration.batches.epochs == 7)
    #expect(configuration.data.maxLength == 256)
    #expect(configuration.run.seed == 42)
  }

  @Test("an error says where the value that counts was written")
  func origins() throws {
    var layers = LayeredConfiguration()
    layers.merge(try document("model: m\nbeta: abc\nepochs: 0\nbetta: 1\n"))
    #expect(
      message(of: layers) == """
        dpo.yaml:4:1: unknown setting 'betta'; did you mean 'beta'?
        dpo.yaml:2:7: beta must be a number, but is 'abc'
        dpo.yaml:3:9: epochs is 0, but must be at least 1; the default is 3
        """)
    try layers.merge(assignment: "beta=xyz")
    try layers.merge(assignment: "batch_sise=2")
    layers.merge(flag: "--epochs", of: "epochs", values: ["some"])
    #expect(
      message(of: layers) == """
        dpo.yaml:4:1: unknown setting 'betta'; did you mean 'beta'?
        --set batch_sise=2: unknown setting 'batch_sise'; did you mean 'batch_size'?
        --set beta=xyz: beta must be a number, but is 'xyz'
        --epochs some: epochs must be a whole number, but is 'some'
        """)
  }

  @Test("choices and numbers come as lists or alone, from file, --set and flags")
  func listsOfChoicesAndNumbers() throws {
    var layers = LayeredConfiguration()
    layers.merge(try document("loss_type: ipo\nloss_weights: 0.5\n"))
    #expect(try layers.resolve(DPOConfiguration.self).lossTypes == [.ipo])
    #expect(try layers.resolve(DPOConfiguration.self).lossWeights == [0.5])
    layers.merge(
      try document("loss_type: [sigmoid, bco_pair, sft]\nloss_weights: [.8, 010, 1e-1]\n"))
    #expect(try layers.resolve(DPOConfiguration.self).lossTypes == [.sigmoid, .bcoPair, .sft])
    // Decimal, as written: YAML 1.1 would read 010 as 8.
    #expect(try layers.resolve(DPOConfiguration.self).lossWeights == [0.8, 10, 0.1])
    try layers.merge(assignment: "loss_type=[hinge, aot]")
    layers.merge(flag: "--loss-weights", of: "loss_weights", values: ["0.25", "2"])
    #expect(try layers.resolve(DPOConfiguration.self).lossTypes == [.hinge, .aot])
    #expect(try layers.resolve(DPOConfiguration.self).lossWeights == [0.25, 2])
  }

  @Test("a wrong element of a list is named")
  func wrongElements() throws {
    var layers = LayeredConfiguration()
    layers.merge(try document("loss_type: [sigmoid, stf]\nloss_weights: [1, 0x10]\nbeta: 0x1p-3\n"))
    layers.merge(flag: "--data", of: "data", values: ["a", ""])
    let lines = message(of: layers)?.split(separator: "\n") ?? []
    #expect(lines.count == 4)
    #expect(lines.contains("dpo.yaml:3:7: beta must be a number, but is '0x1p-3'"))
    #expect(
      lines.contains { $0.hasPrefix("dpo.yaml:1:12: loss_type must be one or more of sigmoid, ") })
    #expect(lines.contains { $0.hasSuffix("but has 'stf'; did you mean 'sft'?") })
    #expect(
      lines.contains("dpo.yaml:2:15: loss_weights must be a list of numbers, but has '0x10'"))
    #expect(
      lines.contains(
        "--data a : data is 'a', '', but must be a list of texts that are not empty; "
          + "leave it out for the default"))
  }

  @Test("a wrong value in the file is no matter once it is replaced")
  func replacedError() throws {
    var layers = LayeredConfiguration()
    layers.merge(try document("beta: abc\n"))
    layers.merge(flag: "--beta", of: "beta", values: ["0.5"])
    #expect(try layers.resolve(DPOConfiguration.self).beta == 0.5)
  }

  @Test("what every run needs is asked for only by a run")
  func required() throws {
    var layers = LayeredConfiguration()
    layers.merge(try document("model: m\ndata: pairs.jsonl\n"))
    #expect(try layers.resolve(DPOConfiguration.self).model == "m")
    let error = try #require(throws: ConfigurationError.self) {
      try layers.resolveForRun(DPOConfiguration.self)
    }
    #expect(error.description == "out is not set: give --out directory")
    #expect(error.problems.map(\.origin) == [nil])
  }

  @Test("values of --set stand for themselves, unless they start like YAML")
  func assignments() throws {
    var layers = LayeredConfiguration()
    for assignment in [
      "data=[a.jsonl, \"b c.jsonl\"]", "model=a: b = #c", "out='null'", "eval_data=one.jsonl",
      "learning_rate=1e-5", "shuffle=no", "max_steps=null", "reference_model=no",
    ] {
      try layers.merge(assignment: assignment)
    }
    let configuration = try layers.resolve(DPOConfiguration.self)
    #expect(configuration.data.files == ["a.jsonl", "b c.jsonl"])
    #expect(configuration.data.evaluationFiles == ["one.jsonl"])
    #expect(configuration.model == "a: b = #c")
    #expect(configuration.referenceModel == "no")
    #expect(configuration.run.directory == "null")
    #expect(configuration.optimizer.learningRate == 1e-5)
    #expect(!configuration.data.shuffle)
    #expect(configuration.batches.maxSteps == nil)
  }

  @Test("assignments of another form are refused")
  func malformedAssignments() {
    for (assignment, expected) in [
      "beta": "--set beta: must have the form name=value, as in --set beta=0.1",
      "=3": "--set =3: must have the form name=value, as in --set beta=0.1",
      "data=[a": "--set data=[a: the value is not valid YAML; close what the first [ opens",
    ] {
      var layers = LayeredConfiguration()
      let error = #expect(throws: ConfigurationError.self) {
        try layers.merge(assignment: assignment)
      }
      #expect(error?.description == expected)
    }
  }

  @Test("an empty value is a mistake, not null")
  func emptyValue() throws {
    var layers = LayeredConfiguration()
    layers.merge(flag: "--model", of: "model", values: [""])
    try layers.merge(assignment: "beta=")
    #expect(
      message(of: layers) == """
        --set beta=: beta must be a number, but is ''
        --model : model is '', but must be a text that is not empty; leave it out for the default
        """)
  }

  @Test("several values of a flag make a list, and only where a list is expected")
  func lists() throws {
    var layers = LayeredConfiguration()
    layers.merge(flag: "--data", of: "data", values: ["a", "b"])
    #expect(try layers.resolve(DPOConfiguration.self).data.files == ["a", "b"])
    layers.merge(flag: "--beta", of: "beta", values: ["1", "2"])
    #expect(message(of: layers) == "--beta 1 2: beta must be a number, but is a list")
  }

  private func message(of layers: LayeredConfiguration) -> String? {
    do {
      _ = try layers.resolve(DPOConfiguration.self)
      return nil
    } catch {
      return error.description
    }
  }
}
