import ConfigurationFiles
import Testing
import TrainingConfiguration

@Suite("YAML of a configuration")
struct YAMLWritingTests {
  private func reread(_ configuration: DPOConfiguration) throws -> DPOConfiguration {
    try YAMLDocument(text: configuration.yaml, path: "attune.yaml").decode()
  }

  @Test("defaults are written in the order of the table, with their meaning")
  func layout() {
    let lines = DPOConfiguration().yaml.split(separator: "\n")
    #expect(
      lines.map { String($0.prefix { $0 != ":" }) } == DPOConfiguration.settings.map(\.name))
    #expect(lines.first?.hasPrefix("model: null     ") == true)
    #expect(lines.contains { $0.hasPrefix("data: []  ") })
    #expect(lines.contains { $0.hasPrefix("loss_type: [sigmoid]  ") })
    #expect(lines.contains { $0.hasPrefix("loss_weights: []  ") })
    // 1e-06 would be a text to PyYAML.
    #expect(
      lines.contains(
        "learning_rate: 1.0e-06              # Peak learning rate of AdamW."))
  }

  @Test("reading gives an equal configuration")
  func roundTrip() throws {
    #expect(try reread(DPOConfiguration()) == DPOConfiguration())
    var configuration = DPOConfiguration()
    configuration.model = "models/nano-1.5_b"
    configuration.beta = 0.1 + 0.2
    configuration.lossTypes = [.hinge, .aotUnpaired]
    configuration.lossWeights = [0.1 + 0.2, 1e-6]
    configuration.data.files = ["a.jsonl", "b, c.jsonl", "[d]"]
    configuration.data.shuffle = false
    configuration.optimizer.learningRate = .leastNonzeroMagnitude
    configuration.optimizer.adamEpsilon = 1.2345678901234567e-08
    configuration.batches.maxSteps = 12
    configuration.run.seed = .max
    #expect(try reread(configuration) == configuration)
  }

  @Test(
    "texts that YAML would take for something else are quoted",
    arguments: [
      "null", "~", "no", "True", "3", "1e5", "0x10", ".", "a: b", "# c", "- d", "'e'", "\"f\"",
      "a\\b", "line\nbreak", "tab\t", " space ", "日本語", "e\u{301}", "\u{7}\u{85}\u{2028}\u{feff}x",
      "👩‍👩‍👧", "*alias", "&anchor", "%25", "@at", "!tag", "{}", "a,b", "a]b",
    ])
  func quoting(text: String) throws {
    var configuration = DPOConfiguration()
    configuration.model = text
    configuration.data.files = [text, "x", text]
    let reread = try reread(configuration)
    // Unicode scalars, since `==` on strings would forgive a change of normal form.
    #expect(reread.model.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    #expect(reread == configuration)
  }

  @Test("numbers are written as people write them, and so that every reader takes them for numbers")
  func numbers() throws {
    struct Plan: Codable, Equatable {
      var shares = [0.2, 1, 0, -0.05, 1e-6, 1.5e20]
      var count = 40
      var name = "2e-1"
    }
    let text = try yamlText(of: Plan())
    #expect(
      text == """
        shares:
        - 0.2
        - 1.0
        - 0.0
        - -0.05
        - 1.0e-06
        - 1.5e+20
        count: 40
        name: '2e-1'

        """)
    #expect(try YAMLDocument(text: text, path: "plan.yaml").decode(Plan.self) == Plan())
  }
}
