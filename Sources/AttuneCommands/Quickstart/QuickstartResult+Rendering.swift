import Pipelines

extension QuickstartResult {
  /// The answers side by side, and the tables, for a terminal; without a line feed at the end.
  func rendered() -> String {
    let tables = [scores, comparison, cost].map { $0.rendered() }
    return (challenges.map(rendered) + tables).joined(separator: "\n\n")
  }

  /// The result as one line of JSON.
  var line: String { get throws { try JSONLine.text(of: self) } }

  private func rendered(_ challenge: Challenge) -> String {
    let width = models.map(\.name.count).max() ?? 0
    let answers = zip(models, challenge.answers).map { model, answer in
      let padding = String(repeating: " ", count: width - model.name.count)
      return "  \(model.name)\(padding)  \(answer.shownOnOneLine(limit: 160))"
    }
    let prompt = challenge.prompt.shownOnOneLine(limit: 240)
    return (["\(challenge.title): \(prompt)"] + answers).joined(separator: "\n")
  }

  private var scores: Table {
    var table = Table(
      .init("model"), .init("gold", .right), .init("95 % interval", .right),
      .init("helpful", .right), .init("harmless", .right), .init("honest", .right),
      .init("concise", .right))
    for model in models {
      guard let score = model.comparison.score, let gold = model.comparison.gold else { continue }
      table.append(
        model.name, decimals(score.value, 3),
        "\(decimals(score.lower, 3)) to \(decimals(score.upper, 3))", decimals(gold.helpfulness, 3),
        decimals(gold.harmlessness, 3), decimals(gold.honesty, 3), decimals(gold.concision, 3))
    }
    return table
  }

  private var comparison: Table {
    var table = Table(
      .init("model"), .init("gold − sft", .right), .init("wins against sft", .right),
      .init("reward", .right), .init("KL", .right), .init("safe", .right))
    for model in models {
      let compared = model.comparison
      table.append(
        model.name,
        compared.difference.map {
          "\(signed($0.value)) (\(signed($0.lower)) to \(signed($0.upper)))"
        } ?? "",
        compared.winRate.map {
          "\(percent($0.value)) % (\(percent($0.lower)) to \(percent($0.upper)))"
        } ?? "",
        compared.furtherScores.first.map { decimals($0.score.value, 2) } ?? "",
        compared.kl.map { decimals($0.value, 2) } ?? "",
        compared.safe.map { "\(percent($0.value)) %" } ?? "")
    }
    return table
  }

  private var cost: Table {
    var table = Table(
      .init("model"), .init("tokens", .right), .init("seconds", .right),
      .init("models needed", .right), .init("which"))
    for model in models {
      table.append(
        model.name, decimals(model.comparison.length.tokens, 1), decimals(model.seconds, 0),
        "\(model.modelsNeeded.count)", model.modelsNeeded.joined(separator: ", "))
    }
    return table
  }

  private func decimals(_ value: Double, _ count: Int) -> String {
    NumberText.fixed(value, decimals: count)
  }

  private func percent(_ share: Double) -> String { decimals(100 * share, 1) }

  private func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + decimals(value, 3) }
}
