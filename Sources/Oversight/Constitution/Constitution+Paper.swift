#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Constitution {
  /// Reads the files that Bai et al. (2022) published with their paper.
  ///
  /// - Parameters:
  ///   - instructions: `CritiqueRevisionInstructions.json`: by name, critique and revision requests with
  ///     the marks around them.
  ///   - examples: `CritiqueRevisionFewShotPrompts.json`: a list of dialogues.
  ///   - comparisons: `RLMadisonInstructions.json`: a list of questions.
  ///   - comparisonExamples: `RLMadisonFewShotPrompts.json`: a list of prompts with a better and a worse
  ///     answer.
  /// - Throws: A `DecodingError` for other files; ``ConstitutionError``.
  public init(
    paper instructions: Data, examples: Data? = nil, comparisons: Data? = nil,
    comparisonExamples: Data? = nil
  ) throws {
    let decoder = JSONDecoder()
    let requests = try decoder.decode([String: PaperRequest].self, from: instructions)
    var principles = requests.map { name, request in
      Principle(
        name,
        critique: request.critique.text(
          between: RevisionMarks.critiqueRequest, and: RevisionMarks.critique),
        revision: request.revision.text(
          between: RevisionMarks.revisionRequest, and: RevisionMarks.revision))
    }
    principles.sort { ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name) }
    if let comparisons {
      let questions = try decoder.decode([String].self, from: comparisons)
      principles += questions.enumerated().map { place, question in
        Principle(
          "comparison\(place)", comparison: question.text(between: "\n", and: " Options:"))
      }
    }
    try self.init(
      version: "Bai et al. 2022", principles: principles,
      revisionExamples: try examples.map { try decoder.decode([String].self, from: $0) } ?? [],
      comparisonExamples: try comparisonExamples.map {
        try decoder.decode([PaperComparison].self, from: $0).compactMap(\.example)
      } ?? [])
  }
}

/// Requests as the paper's file has them.
private struct PaperRequest: Decodable {
  let prompt: [String]
  let revision: String

  private enum CodingKeys: String, CodingKey {
    case prompt
    case revision = "edit_request"
  }

  var critique: String { prompt.first ?? "" }
}

/// A comparison as the paper's file has it.
private struct PaperComparison: Decodable {
  let prompt: String
  let corrects: [String]
  let incorrects: [String]

  var example: Constitution.ComparisonExample? {
    guard let better = corrects.first, let worse = incorrects.first else { return nil }
    return .init(prompt: prompt, better: better, worse: worse)
  }
}

extension String {
  /// What stands between a mark at the beginning and one at the end, without spaces around it.
  fileprivate func text(between start: String, and end: String) -> String {
    var text = self[...]
    if text.hasPrefix(start) { text = text.dropFirst(start.count) }
    if text.hasSuffix(end) { text = text.dropLast(end.count) }
    return String(text).trimmed
  }
}
