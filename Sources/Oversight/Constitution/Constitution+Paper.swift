#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Constitution {
  /// Reads the files that Bai et al. (2022) published with their paper; what each holds shows in it.
  ///
  /// `CritiqueRevisionInstructions.json` has critique and revision requests by name,
  /// `CritiqueRevisionFewShotPrompts.json` dialogues, `RLMadisonInstructions.json` questions, and
  /// `RLMadisonFewShotPrompts.json` prompts with a better and a worse answer. Those of the first and the third
  /// become principles, the others examples.
  ///
  /// - Parameter files: At least one of them, each with its name for errors.
  /// - Throws: ``ConstitutionError``.
  public init(paperFiles files: [(path: String, data: Data)]) throws(ConstitutionError) {
    var principles: [Principle] = []
    var revisionExamples: [String] = []
    var comparisonExamples: [ComparisonExample] = []
    for file in files {
      switch PaperFile(file.data) {
      case .requests(let requests): principles += requests
      case .questions(let questions): principles += questions
      case .dialogues(let dialogues): revisionExamples += dialogues
      case .comparisons(let comparisons): comparisonExamples += comparisons
      case nil: throw .foreign(path: file.path)
      }
    }
    try self.init(
      version: "Bai et al. 2022", principles: principles, revisionExamples: revisionExamples,
      comparisonExamples: comparisonExamples)
  }
}

/// What one of the paper's files holds.
private enum PaperFile {
  case requests([Principle])
  case questions([Principle])
  case dialogues([String])
  case comparisons([Constitution.ComparisonExample])

  init?(_ data: Data) {
    let decoder = JSONDecoder()
    if let requests = try? decoder.decode([String: PaperRequest].self, from: data) {
      let principles = requests.map { name, request in
        Principle(
          name,
          critique: request.critique.text(
            between: RevisionMarks.critiqueRequest, and: RevisionMarks.critique),
          revision: request.revision.text(
            between: RevisionMarks.revisionRequest, and: RevisionMarks.revision))
      }
      // By their numbers: harmful2 before harmful10.
      self = .requests(
        principles.sorted { ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name) })
    } else if let comparisons = try? decoder.decode([PaperComparison].self, from: data) {
      self = .comparisons(comparisons.compactMap(\.example))
    } else if let texts = try? decoder.decode([String].self, from: data) {
      if texts.contains(where: { $0.contains(RevisionMarks.critiqueRequest) }) {
        self = .dialogues(texts)
      } else {
        self = .questions(
          texts.enumerated().map { place, question in
            Principle(
              "comparison\(place)", comparison: question.text(between: "\n", and: " Options:"))
          })
      }
    } else {
      return nil
    }
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
