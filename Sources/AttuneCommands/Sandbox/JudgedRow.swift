import PreferenceData
import Sandbox

/// A row with the gold scores of its completions.
struct JudgedRow {
  let row: JudgingRow
  /// The kind of the prompt; nil where it is about nothing in the world.
  let kind: PromptKind?
  /// One a completion.
  let scores: [GoldScore]

  /// Judges a row.
  init(_ row: JudgingRow, by judge: GoldJudge) {
    self.row = row
    switch row.content {
    case .sides(let completions), .list(let completions):
      kind = judge.kind(of: row.prompt)
      scores = completions.map { judge.score(prompt: row.prompt, completion: $0) }
    case .unusable: (kind, scores) = (nil, [])
    }
  }

  /// The parts of a score by their names.
  static let parts: [(name: String, value: @Sendable (GoldScore) -> Double)] = [
    ("total", { $0.total }), ("helpfulness", { $0.helpfulness }),
    ("harmlessness", { $0.harmlessness }), ("honesty", { $0.honesty }),
    ("concision", { $0.concision }),
  ]

  /// The row of the output: its line, the kind, and each part of each score.
  ///
  /// - Parameter sides: What the names begin with.
  /// - Returns: The members in the order in which they are written.
  func result(sides: [String]) -> JSONObject {
    var result: JSONObject = [
      "line": .number(Double(row.line)), "kind": kind.map { .string($0.rawValue) } ?? .null,
    ]
    for (index, side) in sides.enumerated() {
      for part in Self.parts {
        let value: JSONValue
        switch row.content {
        case .sides: value = .number(part.value(scores[index]))
        case .list: value = .array(scores.map { .number(part.value($0)) })
        case .unusable: value = .null
        }
        result.set("\(side)\(part.name)", to: value)
      }
    }
    if case .unusable(let reason) = row.content { result.set("reason", to: .string(reason)) }
    return result
  }
}
