#if LibTorch
  import Foundation
  import PreferenceData
  import Testing
  import Tokenization
  import TorchEngine

  @testable import LanguageModels

  @Suite("Sequence classifiers")
  struct ClassificationModelTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let weights: [[Float]] = (0..<3).map { label in
      (0..<64).map { Float(($0 * 7 + label * 3) % 11) / 10 - 0.5 }
    }

    /// A classifier with the backbone of a fixture and a head of known weights.
    private func classifier(_ fields: String) throws -> (directory: String, source: String) {
      let source = Fixture.directory("llama_gqa_untied")
      let directory = "\(folder.path)/model"
      try? FileManager.default.removeItem(atPath: directory)
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      let model = try CausalLanguageModel(directory: source)
      let width = model.configuration.width
      let head = Self.weights.flatMap { $0.prefix(width) }
      try #require(width <= 64)
      try model.parameters.write(
        to: "\(directory)/model.safetensors",
        adding: ["score.weight": Tensor(head, shape: [3, width])])
      let config = try String(contentsOfFile: "\(source)/config.json", encoding: .utf8)
      let renamed = config.replacing("LlamaForCausalLM", with: "LlamaForSequenceClassification")
      let end = try #require(renamed.lastIndex(of: "}"))
      try (renamed[..<end] + ",\n\(fields)}").write(
        toFile: "\(directory)/config.json", atomically: true, encoding: .utf8)
      return (directory, source)
    }

    @Test("a logit is the product of a row of the head and the last hidden state")
    func logits() throws {
      let (directory, source) = try classifier(#""num_labels": 3"#)
      let model = try ClassificationModel(directory: directory)
      let language = try CausalLanguageModel(directory: source)
      let batch = PackedBatch([
        [.init(prompt: [1, 5, 2], completion: [])], [.init(prompt: [4, 3], completion: [])],
      ])
      let (seen, states) = try withoutGradients { () throws(EngineError) in
        (
          try model.logits(of: batch).values(as: Double.self),
          try language.lastHiddenStates(of: batch).values(as: Double.self)
        )
      }
      let width = model.configuration.width
      #expect(seen.count == 6 && states.count == 2 * width)
      for sequence in 0..<2 {
        for label in 0..<3 {
          let expected = (0..<width).reduce(0.0) {
            $0 + Double(Self.weights[label][$1]) * states[sequence * width + $1]
          }
          #expect(abs(seen[sequence * 3 + label] - expected) < 1e-4)
        }
      }
    }

    @Test("names and kind come from config.json")
    func labels() throws {
      func labels(_ fields: String) throws -> ClassificationLabels {
        try ClassificationLabels(directory: classifier(fields).directory)
      }
      let named = try labels(
        #""id2label": {"1": "b", "0": "a", "2": "c"}, "problem_type": "multi_label_classification""#
      )
      #expect(named == ClassificationLabels(names: ["a", "b", "c"], kind: .several))
      #expect(
        try labels(#""num_labels": 3"#)
          == ClassificationLabels(names: ["LABEL_0", "LABEL_1", "LABEL_2"], kind: .single))
      #expect(try labels(#""num_labels": 1"#).kind == .several)
      for (fields, problem) in [
        (
          #""num_labels": 2, "id2label": {"0": "a"}"#,
          "id2label names 1 labels, and num_labels is 2"
        ),
        (
          #""id2label": {"0": "a", "1": "a"}"#,
          "id2label does not name each label from 0 on, each differently"
        ),
        (
          #""num_labels": 3, "problem_type": "regression""#,
          "problem_type is 'regression', but must be single_label_classification or "
            + "multi_label_classification"
        ),
      ] {
        let directory = try classifier(fields).directory
        #expect(
          throws: ModelError.configuration(path: "\(directory)/config.json", problem: problem)
        ) { try ClassificationLabels(directory: directory) }
      }
      let source = Fixture.directory("llama_gqa_untied")
      #expect(
        throws: ModelError.configuration(
          path: "\(source)/config.json",
          problem: "is no sequence classifier; train one with `attune classifier train`")
      ) { try ClassificationLabels(directory: source) }
    }

    @Test("another number of labels than the head has is refused")
    func mismatch() throws {
      let directory = try classifier(#""num_labels": 2"#).directory
      #expect(throws: ModelError.self) { try ClassificationModel(directory: directory) }
    }

    @Test("a softmax of one, a sigmoid of the other, of any size")
    func probabilities() {
      let single = ClassificationLabels(names: ["a", "b"], kind: .single)
      let several = ClassificationLabels(names: ["a", "b"], kind: .several)
      // log 3 against 0: 3/4 and 1/4; alone 3/4 and 1/2.
      for (seen, expected) in [
        (single.probabilities(of: [log(3), 0]), [0.75, 0.25]),
        (several.probabilities(of: [log(3), 0]), [0.75, 0.5]),
        (single.probabilities(of: [2000, 0]), [1, 0]),
        (several.probabilities(of: [2000, -2000]), [1, 0]),
      ] {
        for (one, other) in zip(seen, expected) { #expect(abs(one - other) < 1e-12) }
      }
    }
  }
#endif
