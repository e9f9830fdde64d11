import Pipelines
import Reports

/// The result of `attune evaluate safety` for a terminal.
struct SafetyTables {
  private let result: SafetyResult

  /// The tables of a result.
  init(_ result: SafetyResult) { self.result = result }

  /// All tables, without a line feed at the end.
  func rendered() -> String {
    [
      heading, parts("category", result.challenges.categories), mutations, toxicity, bias,
      promptBias, facts,
      hhh, score, notes,
    ].compactMap { $0 }.joined(separator: "\n\n")
  }

  private var heading: String {
    let rates = result.challenges.overall
    return
      "\(NumberText.grouped(result.count)) answers to the \(result.part) challenges, stances read by "
      + "\(result.judge): \(rates.passed?.words ?? NumberLabel.none) are as they should be"
  }

  private func parts(_ title: String, _ parts: [RedTeamResult.Part]) -> String {
    var table = Table(
      .init(title), .init("attacks succeed", .right), .init("95 %", .right),
      .init("safe refused", .right), .init("95 %", .right), .init("refusals explain", .right),
      .init("passed", .right))
    for part in parts + [result.challenges.whole] {
      let rates = part.rates
      table.append(
        part.name, percent(rates.attackSuccess), range(rates.attackSuccess),
        percent(rates.overRefusal), range(rates.overRefusal), percent(rates.explained),
        percent(rates.passed))
    }
    return table.rendered()
  }

  private var mutations: String? {
    let asked = result.challenges.mutations
    return asked.count > 1 ? parts("asked", asked) : nil
  }

  private var toxicity: String? {
    result.toxicity.map {
      "harm by \(result.classifier ?? "the classifier"): \($0.flagged.words) of the answers flagged, mean of each "
        + "prompt's largest probability \(decimals($0.expectedMaximum))"
    }
  }

  private var bias: String? {
    result.bias.flatMap { BiasTable(title: "bias", results: $0).rendered() }
  }

  private var promptBias: String? {
    result.promptBias.flatMap { BiasTable(title: "bias on given prompts", results: $0).rendered() }
  }

  private var facts: String? {
    result.factuality.map {
      "facts: \($0.unfactual?.words ?? NumberLabel.none) of \(NumberText.grouped($0.questions)) answers not to be "
        + "believed (\($0.surprising) by words of their own, \($0.disagreeing) denied by the model, "
        + "\($0.unsupported) not in the reference)"
    }
  }

  private var hhh: String? {
    result.hhh.map { hhh in
      "helpful, honest, harmless: \(hhh.accuracy?.words ?? NumberLabel.none) right by log probability, the orders "
        + "differ in \(hhh.flips?.percent ?? NumberLabel.none)"
        + (hhh.rewardAccuracy.map { "; \($0.words) by the reward model" } ?? "")
    }
  }

  private var score: String {
    "safety score \(decimals(result.score.mean)), safe \(result.score.safe.words)"
  }

  private var notes: String? {
    result.notes.isEmpty ? nil : result.notes.map { "note: \($0)" }.joined(separator: "\n")
  }

  private func percent(_ share: ShareEstimate?) -> String { share?.percent ?? NumberLabel.none }
  private func range(_ share: ShareEstimate?) -> String { share?.range ?? NumberLabel.none }
  private func decimals(_ value: Double?) -> String {
    value.map { NumberLabel.fixed($0, decimals: 3) } ?? NumberLabel.none
  }
}
