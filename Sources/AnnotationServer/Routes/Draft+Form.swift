internal import AnnotationStore
internal import WebSupport

extension Draft {
  /// What is filled in on a page; the rest is missing.
  ///
  /// - Parameters:
  ///   - form: The fields.
  ///   - settings: How the project asks.
  /// - Throws: `WebFailure` for fields that no page of ours sends.
  init(_ form: FormFields, settings: ProjectSettings) throws {
    self.init()
    func number(_ name: String) throws -> Int? {
      guard let text = try form.optional(name), !text.isEmpty else { return nil }
      guard let value = Int(text) else {
        throw WebFailure.badRequest("field", "'\(name)' is \(text.debugDescription), not a number.")
      }
      return value
    }
    switch try form.optional("verdict") {
    case "tie": verdict = .tie
    case "both_bad": verdict = .bothBad
    case "0", "1":
      let place = try number("verdict") ?? 0
      if settings.strengths == 1 {
        verdict = .prefers(place, strength: 1)
      } else {
        // Not yet said: 0 is no degree, and is refused when the answer is given.
        verdict = .prefers(place, strength: try number("strength") ?? 0)
      }
    case "", nil: break
    case let other?:
      throw WebFailure.badRequest("field", "'verdict' is \(other.debugDescription).")
    }
    let ranks = try (0..<9).map { try number("rank.\($0)") }.prefix { $0 != nil }.compactMap { $0 }
    if !ranks.isEmpty { verdict = .ranking(ranks) }
    if let text = try form.optional("confidence"), !text.isEmpty {
      guard let confidence = Answer.Confidence(rawValue: text) else {
        throw WebFailure.badRequest("field", "'confidence' is \(text.debugDescription).")
      }
      self.confidence = confidence
    }
    for criterion in settings.criteria {
      let values = try (0..<9).map { try number("rating.\(criterion.name).\($0)") }
      if values.contains(where: { $0 != nil }) {
        ratings = ratings ?? [:]
        ratings?[criterion.name] = values
      }
    }
    reason = try form.optional("reason")
    if let text = try form.optional("active_seconds") { activeSeconds = Double(text) }
  }

  /// The answer, if nothing is missing.
  ///
  /// - Parameter responses: How many responses the task has.
  /// - Returns: The answer.
  /// - Throws: `AnnotationError` that says what is missing.
  func answer(responses: Int) throws -> Answer {
    guard let verdict else {
      throw AnnotationError.answer(
        responses == 2
          ? "say which is better: A, B, equally good or both bad"
          : "give each of the \(responses) answers a rank")
    }
    if case .prefers(_, strength: 0) = verdict {
      throw AnnotationError.answer("say how much better it is")
    }
    return Answer(
      verdict, confidence: confidence,
      ratings: (ratings ?? [:]).mapValues { Array($0.prefix(responses)) }, reason: reason ?? "",
      activeSeconds: activeSeconds ?? 0, wallSeconds: activeSeconds ?? 0)
  }
}
