/// Where the parts of a quickstart lie.
struct QuickstartLayout: Sendable {
  /// The directory of all of it.
  let root: String

  /// A layout.
  ///
  /// - Parameter root: The directory of all of it.
  init(root: String) { self.root = root }

  /// The run directory of a stage that trains.
  ///
  /// - Parameter stage: The stage.
  /// - Returns: Its path.
  func run(_ stage: QuickstartStage) -> String { "\(root)/\(stage.rawValue)" }

  /// The page about all of it.
  var page: String { "\(root)/report.html" }

  static let recordName = "quickstart.json"
  var record: String { "\(root)/\(Self.recordName)" }
  var data: String { "\(root)/data" }
  var texts: String { "\(data)/texts.jsonl" }
  var answers: String { "\(data)/answers.jsonl" }
  var pairs: String { "\(data)/pairs.jsonl" }
  var heldOutPairs: String { "\(data)/held-out-pairs.jsonl" }
  var prompts: String { "\(data)/prompts.jsonl" }
  var heldOutPrompts: String { "\(data)/held-out-prompts.jsonl" }
  var tokenizer: String { "\(root)/tokenizer" }
  var untrained: String { "\(root)/untrained" }
  var referenceCache: String { "\(root)/reference-cache" }
  var comparison: String { "\(root)/comparison.json" }

  /// Everything that a quickstart makes, and nothing else.
  var parts: [String] {
    [data, tokenizer, untrained, referenceCache, comparison, page, record]
      + QuickstartStage.allCases.filter(\.isTraining).map(run)
  }
}
