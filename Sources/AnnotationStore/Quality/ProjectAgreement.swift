public import Evaluations
internal import PreferenceData

/// How far annotators agree in one thing that they were asked.
public struct QuestionAgreement: Sendable, Hashable, Codable {
  /// What was asked: `verdict`, `preference`, or the name of a criterion.
  public let question: String
  /// The measures.
  public let summary: AgreementSummary
}

extension AnnotationProject {
  /// How far annotators agree, in each thing that they were asked.
  ///
  /// - `verdict`, nominal: first, second, tie or both bad, by the places in the task and not as they were shown.
  /// - `preference`, ordinal: from −strengths to strengths, ties 0; both bad is no midpoint and so is missing.
  /// - each criterion, ordinal: every response is an item.
  ///
  /// Gold tasks, repetitions and rankings of more than two are left out.
  ///
  /// - Parameters:
  ///   - rounds: How often items are drawn again for the intervals.
  ///   - seed: Of the draws.
  /// - Returns: What was answered by two people at least.
  /// - Throws: An error of SQLite.
  public func agreement(rounds: Int = 1000, seed: UInt64 = 0) throws -> [QuestionAgreement] {
    let settings = try settings()
    let names = Dictionary(uniqueKeysWithValues: try people().map { ($0.id, $0.name) })
    let asked = Set(try tasks().filter { $0.gold == nil }.map(\.id))
    let judgments = try judgments().filter { $0.round == 1 && asked.contains($0.task) }
    var verdicts: [Rating<String>] = []
    var preferences: [Rating<Double>] = []
    var criteria: [String: [Rating<Double>]] = [:]
    for judgment in judgments {
      let (item, name) = ("\(judgment.task)", names[judgment.person] ?? "\(judgment.person)")
      if let label = Aggregation.Label(judgment.answer.verdict) {
        verdicts.append(Rating(item: item, annotator: name, value: "\(label)"))
      }
      if let preference = judgment.answer.verdict.preference {
        preferences.append(Rating(item: item, annotator: name, value: Double(preference)))
      }
      for (criterion, values) in judgment.answer.ratings {
        for (place, value) in values.enumerated() {
          guard let value else { continue }
          criteria[criterion, default: []].append(
            Rating(item: "\(item).\(place)", annotator: name, value: Double(value)))
        }
      }
    }
    var questions: [(String, Ratings, MeasurementLevel)] = [
      ("verdict", Ratings(categories: verdicts), .nominal),
      ("preference", Ratings(numbers: preferences), .ordinal),
    ]
    questions += settings.criteria.compactMap { criterion in
      criteria[criterion.name].map { (criterion.name, Ratings(numbers: $0), .ordinal) }
    }
    return questions.filter { $0.1.pairedItems > 0 }.map { question, ratings, level in
      QuestionAgreement(
        question: question,
        summary: AgreementSummary(
          ratings, level: level, seed: seed, bootstrap: Bootstrap(rounds: rounds)))
    }
  }
}
