/// What gives completions scores, for instance a reward model.
///
/// A policy whose tokenizer has the scorer's vocabulary hands over the very ids that it sampled; any
/// other hands over text, which the scorer reads with a tokenizer of its own.
public protocol CompletionScoring {
  /// The vocabulary whose ids it reads; `nil` for one that reads text alone.
  var vocabulary: VocabularyIdentity? { get }

  /// Scores text.
  ///
  /// - Parameter groups: Prompts with their completions.
  /// - Returns: For each group one score a completion, higher for better ones.
  /// - Throws: What the scorer cannot do, as a sentence.
  func scores(of groups: [PromptCompletions]) throws -> [[Double]]

  /// How many members an ensemble has; 1 for what is none.
  var memberCount: Int { get }

  /// Scores text, each member on its own.
  ///
  /// - Parameter groups: Prompts with their completions.
  /// - Returns: For each group, for each completion, one score a member. Shape
  ///   `[groups][completions][members]`.
  /// - Throws: What the scorer cannot do, as a sentence.
  func memberScores(of groups: [PromptCompletions]) throws -> [[[Double]]]

  /// Scores token ids.
  ///
  /// - Parameters:
  ///   - groups: Prompts with their completions.
  ///   - vocabulary: What the ids mean.
  /// - Returns: For each group one score a completion, higher for better ones.
  /// - Throws: ``ForeignVocabulary`` for ids that mean something else to the scorer.
  func scores(
    of groups: [TokenizedCompletions], in vocabulary: VocabularyIdentity
  ) throws -> [[Double]]
}

extension CompletionScoring {
  /// 1.
  public var memberCount: Int { 1 }

  /// The scores, as those of one member.
  ///
  /// - Parameter groups: Prompts with their completions.
  /// - Returns: For each group, for each completion, a list of one score.
  /// - Throws: What the scorer cannot do, as a sentence.
  public func memberScores(of groups: [PromptCompletions]) throws -> [[[Double]]] {
    try scores(of: groups).map { $0.map { [$0] } }
  }

  /// Whether ids of a vocabulary mean the same to the scorer.
  public func reads(_ vocabulary: VocabularyIdentity) -> Bool { self.vocabulary == vocabulary }

  /// Refuses ids that mean something else to the scorer.
  ///
  /// - Parameter vocabulary: What the ids mean.
  /// - Throws: ``ForeignVocabulary``.
  public func check(_ vocabulary: VocabularyIdentity) throws(ForeignVocabulary) {
    guard reads(vocabulary) else {
      throw ForeignVocabulary(seen: vocabulary, read: self.vocabulary)
    }
  }
}

/// A prompt and what may follow it, as text.
public struct PromptCompletions: Hashable, Sendable {
  /// What the completions continue.
  public var prompt: String
  /// At least one.
  public var completions: [String]

  /// Joins them.
  ///
  /// - Parameters:
  ///   - prompt: What the completions continue.
  ///   - completions: At least one.
  public init(_ prompt: String, completions: [String]) {
    self.prompt = prompt
    self.completions = completions
  }
}

/// A prompt and what may follow it, as token ids.
public struct TokenizedCompletions: Hashable, Sendable {
  /// Prompt and completion, for each completion; none empty.
  public var sequences: [[Int32]]
  /// The index of each sequence's first completion token.
  public var completionStart: Int

  /// Joins the ids.
  ///
  /// - Parameters:
  ///   - sequences: Prompt and completion, for each completion; none empty.
  ///   - completionStart: The index of each sequence's first completion token.
  public init(sequences: [[Int32]], completionStart: Int) {
    self.sequences = sequences
    self.completionStart = completionStart
  }
}

/// Ids of one tokenizer were handed to a scorer that reads those of another.
public struct ForeignVocabulary: Error, Equatable, CustomStringConvertible {
  /// What the ids mean.
  let seen: VocabularyIdentity
  /// What the scorer reads; `nil` for text alone.
  let read: VocabularyIdentity?

  /// A sentence.
  public var description: String {
    "token ids of a vocabulary of \(seen) were given to a scorer that reads "
      + (read.map { "one of \($0)" } ?? "text alone") + "; give it text"
  }
}
