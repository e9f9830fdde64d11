public import PreferenceData

/// What a record gives to imitate: a completion of a prompt, or a text of its own.
public struct LearnedText: Equatable, Sendable {
  /// What the completion continues; `nil` for a text of its own.
  public let prompt: String?
  /// What is imitated.
  public let completion: String
  /// Where the record stood.
  public let source: SourceLocation

  /// Joins a completion and its prompt.
  ///
  /// - Parameters:
  ///   - prompt: What the completion continues; `nil` for a text of its own.
  ///   - completion: What is imitated.
  ///   - source: Where the record stood.
  public init(prompt: String?, completion: String, source: SourceLocation) {
    self.prompt = prompt
    self.completion = completion
    self.source = source
  }

  /// Prompt and completion as one text.
  public var whole: String { (prompt ?? "") + completion }
}

extension DataRecord {
  /// What supervised fine-tuning takes of a record: of judgments, the side that people liked.
  ///
  /// That is the completion of a demonstration, the chosen one of a pair, the best one of a ranking,
  /// a completion that is labelled desirable, a whole text. Messages are an error.
  var learnedPart: LearnedPart {
    get throws(TrainingError) {
      switch self {
      case .demonstration(let row):
        return .text(try LearnedText(row.prompt, row.completion, row.source))
      case .preference(let pair):
        return .text(try LearnedText(pair.prompt, pair.chosen, pair.source))
      case .ranking(let ranking):
        // Of equally good ones, `min` gives the first.
        let best = zip(ranking.ranks, ranking.completions).min { $0.0 < $1.0 }
        guard let best else { preconditionFailure("a ranking of nothing") }
        return .text(try LearnedText(ranking.prompt, best.1, ranking.source))
      case .unpaired(let row):
        guard row.isDesirable else { return .nothing(.undesirable) }
        return .text(try LearnedText(row.prompt, row.completion, row.source))
      case .text(let document):
        return .text(try LearnedText(nil, document.text, document.source))
      case .samples, .prompt:
        return .nothing(.noCompletion)
      }
    }
  }
}

/// What of a record is learned.
enum LearnedPart: Equatable {
  case text(LearnedText)
  case nothing(DropReason)
}

extension LearnedText {
  fileprivate init(
    _ prompt: Passage?, _ completion: Passage, _ source: SourceLocation
  ) throws(TrainingError) {
    func plain(_ passage: Passage) throws(TrainingError) -> String {
      guard case .text(let text) = passage else { throw .messages(source) }
      return text
    }
    self.init(
      prompt: try prompt.map { passage throws(TrainingError) in try plain(passage) },
      completion: try plain(completion), source: source)
  }
}

extension RecordType {
  /// What is learned of records that are made for something else, to stand after how many there are.
  var learnedPart: String? {
    switch self {
    case .preference: "the chosen completion of each is learned; weights and margins are not used"
    case .ranking: "the best completion of each is learned, of equally good ones the first"
    case .unpaired: "those that are labelled desirable are learned"
    case .demonstration, .samples, .text, .prompt: nil
    }
  }
}
