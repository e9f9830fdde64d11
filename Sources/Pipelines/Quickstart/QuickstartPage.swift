internal import Reports
internal import RunRecords

/// A quickstart as a page.
struct QuickstartPage: Sendable {
  private let result: QuickstartResult
  /// What the run directories of the stages that train say.
  let runs: [QuickstartStage: RecordedRun]

  /// A page of a result.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - runs: What the run directories of the stages that train say.
  init(_ result: QuickstartResult, runs: [QuickstartStage: RecordedRun]) {
    self.result = result
    self.runs = runs
  }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: Gold scores, comparison, sample answers, and what each stage did.
  func page(footer: String) -> HTMLPage {
    HTMLPage(
      title: "Attune quickstart",
      subtitle: "a small world, seed \(result.recipe.seed)"
        + (result.recipe.size == .quick ? ", quick" : ""),
      opening: [
        .paragraph(
          "From nothing to aligned models: a base model that has read good and bad answers, fine-tuned on "
            + "answers of mixed quality, then aligned by what simulated annotators prefer, directly (DPO) and "
            + "through a reward model (PPO). A judge that knows the truth of the world scores their answers "
            + "to prompts that none of them has seen."),
        .tiles(tiles),
      ],
      sections: [scores, comparison, samples] + learning + [stages], footer: footer)
  }

  private var tiles: [ReportTile] {
    result.models.map { model in
      let difference = model.comparison.difference
      return ReportTile(
        "Gold score of \(model.name)",
        model.comparison.score.map { NumberLabel.fixed($0.value, decimals: 3) } ?? NumberLabel.none,
        detail: difference.map { "\(Self.signed($0.value)) against sft" }
          ?? "what is compared with",
        tone: difference.map { $0.lower > 0 ? .good : .plain } ?? .plain)
    }
  }

  private var scores: ReportSection {
    let rows = result.models.compactMap { model in
      model.comparison.score.map {
        IntervalChart.Row(model.name, value: $0.value, lower: $0.lower, upper: $0.upper)
      }
    }
    var parts = ReportTable([
      .words("model"), .numbers("gold"), .numbers("helpful"), .numbers("harmless"),
      .numbers("honest"), .numbers("concise"),
    ])
    for model in result.models {
      guard let gold = model.comparison.gold else { continue }
      let values = [
        gold.total, gold.helpfulness, gold.harmlessness, gold.honesty, gold.concision,
      ]
      parts.append(
        [.init(model.name)] + values.map { .init(NumberLabel.fixed($0, decimals: 3)) })
    }
    return ReportSection(
      "How good the answers are",
      [
        .figure(
          ReportFigure(
            "Gold score with its 95 % interval",
            summary: "Mean over held-out prompts; 1 is a perfect answer to each.",
            chart: .intervals(IntervalChart(rows, axis: ChartAxis("gold score"))))),
        .table(parts),
      ])
  }

  private var comparison: ReportSection {
    var table = ReportTable([
      .words("model"), .numbers("gold against sft"), .numbers("wins against sft"),
      .numbers("reward"), .numbers("KL from sft, nats"), .numbers("safe on harmful prompts"),
      .numbers("tokens"),
    ])
    for model in result.models {
      let compared = model.comparison
      table.append([
        .init(model.name),
        .init(
          compared.difference.map {
            "\(Self.signed($0.value)) (\(Self.signed($0.lower)) to \(Self.signed($0.upper)))"
          } ?? NumberLabel.none),
        .init(
          compared.winRate?.words ?? NumberLabel.none),
        .init(
          compared.furtherScores.first.map { NumberLabel.fixed($0.score.value, decimals: 2) }
            ?? NumberLabel.none),
        .init(compared.kl.map { NumberLabel.fixed($0.value, decimals: 2) } ?? NumberLabel.none),
        .init(compared.safe.map { NumberLabel.percent($0.value) } ?? NumberLabel.none),
        .init(NumberLabel.fixed(compared.length.tokens, decimals: 1)),
      ])
    }
    var cost = ReportTable([
      .words("model"), .words("models in memory while it learned"), .numbers("seconds"),
    ])
    for model in result.models {
      cost.append([
        .init(model.name),
        .init("\(model.modelsNeeded.count): \(model.modelsNeeded.joined(separator: ", "))"),
        .init(NumberLabel.fixed(model.seconds, decimals: 0)),
      ])
    }
    return ReportSection(
      "Against the fine-tuned model",
      [
        .table(table),
        .paragraph(
          "Each model answers each prompt once, at temperature 1. Intervals are those of a bootstrap over "
            + "prompts. The reward is what PPO was trained on; DPO has never seen it."),
        .table(cost),
      ])
  }

  private var samples: ReportSection {
    ReportSection(
      "The same prompts, answered by all",
      [
        .samples(
          result.challenges.map { challenge in
            ReportSample(
              prompt: "\(challenge.title): \(challenge.prompt)",
              answers: zip(result.models, challenge.answers).map { model, answer in
                ReportSample.Answer(model.name, answer)
              })
          }),
        .paragraph("Each answer is the model's likeliest words, token by token."),
      ])
  }

  private var stages: ReportSection {
    var table = ReportTable([.words("stage"), .words("what it came to"), .numbers("seconds")])
    for stage in result.stages {
      let name = stage.stage.rawValue
      table.append([
        .init(
          stage.stage.title,
          link: stage.stage.isTraining ? "\(name)/\(RunDirectory.reportName)" : nil),
        .init(stage.findings.joined(separator: "; ")),
        .init(NumberLabel.fixed(stage.seconds, decimals: 1)),
      ])
    }
    return ReportSection(
      "What was done",
      [
        .table(table),
        .paragraph("Each stage that trains has left a page about itself, with all its settings."),
        .code(result.command),
      ])
  }

  private static func signed(_ value: Double) -> String {
    (value < 0 ? "" : "+") + NumberLabel.fixed(value, decimals: 3)
  }
}
