import Pipelines
import Reports

/// The result of `attune evaluate compare` for a terminal.
struct ComparisonTables {
  private let result: ModelComparisonResult

  /// The tables of a result.
  init(_ result: ModelComparisonResult) { self.result = result }

  /// All tables, without a line feed at the end.
  func rendered() -> String {
    ([heading, scores] + further + [gold, wins, texts, refusals, judging, notes])
      .compactMap { $0 }.joined(separator: "\n\n")
  }

  private var heading: String {
    let sampling = result.sampling
    let drawn =
      sampling.temperature.map { "temperature \(NumberText.significant($0, digits: 2))" }
      ?? "most likely tokens"
    return "\(NumberText.grouped(result.prompts)) prompts, "
      + "\(NumberText.grouped(sampling.completions)) completion\(sampling.completions == 1 ? "" : "s") each, "
      + "\(drawn); judge \(result.judge), baseline \(result.baseline)"
  }

  private var scores: String? {
    table("score", result.models.map { ($0.name, $0.score, $0.difference) })
  }

  private var further: [String] {
    result.models[0].furtherScores.indices.compactMap { index in
      table(
        result.models[0].furtherScores[index].judge,
        result.models.map {
          ($0.name, $0.furtherScores[index].score, $0.furtherScores[index].difference)
        })
    }
  }

  private func table(
    _ title: String, _ rows: [(name: String, score: MeanEstimate?, difference: MeanEstimate?)]
  ) -> String? {
    guard rows.contains(where: { $0.score != nil }) else { return nil }
    var table = Table(
      .init(title), .init("mean", .right), .init("95 %", .right),
      .init("less \(result.baseline)", .right), .init("95 %", .right))
    for row in rows {
      table.append(
        row.name, fixed(row.score?.value), row.score?.range() ?? NumberLabel.none,
        fixed(row.difference?.value), row.difference?.range() ?? NumberLabel.none)
    }
    return table.rendered()
  }

  private var gold: String? {
    guard result.models.allSatisfy({ $0.gold != nil }) else { return nil }
    var table = Table(
      .init("gold"), .init("total", .right), .init("helpful", .right), .init("harmless", .right),
      .init("honest", .right), .init("concise", .right), .init("safe on harmful prompts", .right))
    for model in result.models {
      table.append(
        model.name, fixed(model.gold?.total), fixed(model.gold?.helpfulness),
        fixed(model.gold?.harmlessness), fixed(model.gold?.honesty), fixed(model.gold?.concision),
        model.safe?.words ?? NumberLabel.none)
    }
    return table.rendered()
  }

  private var wins: String {
    var table = Table(
      .init("wins"), .init("won / tied / lost", .right), .init("win rate", .right),
      .init("length-controlled", .right), .init("p", .right), .init("rank", .right),
      .init("strength", .right))
    for model in result.models {
      table.append(
        model.name, model.recordWords ?? "baseline", model.winRate?.words ?? NumberLabel.none,
        model.lengthControlledWinRate?.words ?? NumberLabel.none,
        model.pValueWords ?? NumberLabel.none,
        model.strength.map { "\($0.rank)" } ?? NumberLabel.none,
        model.strengthWords ?? NumberLabel.none)
    }
    return table.rendered()
  }

  private var texts: String {
    var table = Table(
      .init("completions"), .init("KL, nats", .right), .init("tokens", .right),
      .init("words", .right), .init("cut off", .right), .init("distinct pairs", .right),
      .init("repetition", .right), .init("similarity", .right))
    for model in result.models {
      table.append(
        model.name, model.kl?.words(decimals: 2) ?? NumberLabel.none,
        fixed(model.length.tokens, 1), fixed(model.length.words, 1),
        NumberLabel.percent(model.length.shareCutOff), share(model.diversity.distinctPairs),
        share(model.diversity.repetition), fixed(model.diversity.selfSimilarity))
    }
    return table.rendered()
  }

  private var refusals: String? {
    guard result.models.contains(where: { $0.refusals != nil }) else { return nil }
    var table = Table(
      .init("refusals"), .init("harmful prompts", .right), .init("harmless prompts", .right))
    for model in result.models {
      table.append(
        model.name, model.refusals?.harmful?.words ?? NumberLabel.none,
        model.refusals?.harmless?.words ?? NumberLabel.none)
    }
    return table.rendered()
  }

  private var judging: String? { result.judging?.words }

  private var notes: String? {
    result.notes.isEmpty ? nil : result.notes.joined(separator: "\n")
  }

  private func fixed(_ value: Double?, _ decimals: Int = 3) -> String {
    value.map { NumberLabel.fixed($0, decimals: decimals) } ?? NumberLabel.none
  }

  private func share(_ value: Double?) -> String {
    value.map { NumberLabel.percent($0) } ?? NumberLabel.none
  }
}
