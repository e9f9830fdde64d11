import Tokenization
import LanguageModels
import Pipelines

/// A scorer whose scores are a function of the text, as a real one's are, but known.
struct ScriptedScorer: EvaluatedRewardModel {
  var storedCorrection: RewardModelRecord.LengthCorrection?
  var maxLength: Int?
  /// One score a member.
  var score: (_ prompt: String, _ completion: String) -> [Double]

  init(
    maxLength: Int? = nil, storedCorrection: RewardModelRecord.LengthCorrection? = nil,
    _ score: @escaping (_ prompt: String, _ completion: String) -> [Double]
  ) {
    self.maxLength = maxLength
    self.storedCorrection = storedCorrection
    self.score = score
  }

  static func words(_ text: String) -> Int { text.split { $0.isWhitespace }.count }

  func scores(
    of groups: [PromptCompletions], progress: (Int) throws -> Void
  ) throws -> [[CompletionScore]?] {
    try groups.enumerated().map { index, group in
      try progress(index + 1)
      let lengths = group.completions.map { Self.words(group.prompt + $0) }
      if let maxLength, lengths.contains(where: { $0 > maxLength }) { return nil }
      return group.completions.map { completion in
        let tokens = Self.words(completion)
        let off = storedCorrection?.amount(tokens: tokens) ?? 0
        return CompletionScore(
          members: score(group.prompt, completion).map { $0 - off }, tokens: tokens)
      }
    }
  }

  /// Two numbers of the text, with a little of a third that varies.
  func hiddenStates(
    of groups: [PromptCompletions], progress: (Int) throws -> Void
  ) throws -> [[Double]] {
    try groups.enumerated().map { index, group in
      try progress(index + 1)
      let bytes = group.completions[0].utf8
      return [
        Double(Self.words(group.completions[0])),
        bytes.reduce(0) { $0 + Double($1) } / Double(bytes.count),
      ]
    }
  }
}
