internal import Evaluations
internal import Foundation
internal import Reports
internal import RunRecords

/// A turn as a page: what it learned from, how it went, and what came of it.
///
/// A part that is not there yet, or cannot be read, is left out.
struct LoopPage {
  private typealias Part = LoopLayout.Part
  private let turn: LoopTurn
  private let layout: LoopLayout

  /// A page of a turn.
  ///
  /// - Parameters:
  ///   - turn: The turn as it stands.
  ///   - layout: Where it lies.
  init(_ turn: LoopTurn, layout: LoopLayout) {
    (self.turn, self.layout) = (turn, layout)
  }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: Stages, data, the reward model, the policy's training, the comparison and the gate.
  func page(footer: String) -> HTMLPage {
    HTMLPage(
      title: "Turn \(turn.turn) of \(turn.project)",
      subtitle: turn.lineage.map { "lineage \($0)" } ?? turn.folder,
      opening: opening,
      sections: [stages, data, reward, training].compactMap { $0 } + comparison
        + [gate].compactMap { $0 },
      footer: footer)
  }

  private func stage(_ stage: LoopStage) -> LoopTurn.Stage? {
    turn.stages.first { $0.stage == stage && $0.isFinished }
  }

  private var opening: [ReportBlock] {
    var blocks: [ReportBlock] = [
      .paragraph(
        "Feedback and annotations became records, a reward model learned what people prefer, the policy "
          + "learned, and a gate compared it with the policy in use on prompts that nothing was trained on."
      )
    ]
    let tiles = tiles
    if !tiles.isEmpty { blocks.append(.tiles(tiles)) }
    switch turn.passed {
    case true?: blocks.append(.note("The candidate has passed its gate.", tone: .good))
    case false?: blocks.append(.note("The candidate has not passed its gate.", tone: .alarming))
    case nil: break
    }
    return blocks
  }

  private var tiles: [ReportTile] {
    let data = stage(.data)?.counts
    let (reward, gate) = (stage(.reward)?.figures, stage(.gate)?.figures)
    return [
      data?["pairs"].map {
        ReportTile(
          "Pairs learned from", NumberLabel.grouped($0),
          detail: "\(NumberLabel.grouped(data?["held_out_pairs"] ?? 0)) held out")
      },
      reward?["accuracy"].map {
        ReportTile("Reward model’s accuracy", NumberLabel.percent($0), detail: "on held-out pairs")
      },
      gate?["win_rate"].map {
        ReportTile("Win rate", NumberLabel.percent($0), detail: "against the policy in use")
      },
      gate?["candidate_kl"].map {
        ReportTile("KL", NumberLabel.fixed($0, decimals: 2), detail: "nats, from the policy in use")
      },
    ].compactMap { $0 }
  }

  private var stages: ReportSection {
    let links: [LoopStage: String] = [
      .reward: "\(Part.reward)/\(RunDirectory.reportName)",
      .training: "\(Part.training)/\(RunDirectory.reportName)", .candidate: Part.candidate,
    ]
    var table = ReportTable([.words("stage"), .words("what it came to"), .numbers("seconds")])
    for stage in turn.stages {
      let link = links[stage.stage].flatMap {
        FileManager.default.fileExists(atPath: layout.path(of: $0)) ? $0 : nil
      }
      table.append([
        .init(stage.stage.title, link: link),
        .init(stage.isFinished ? stage.findings.joined(separator: "; ") : stage.stateWords),
        .init(stage.seconds.map { NumberLabel.fixed($0, decimals: 1) } ?? NumberLabel.none),
      ])
    }
    return ReportSection("Stages", [.table(table)])
  }

  private var data: ReportSection? {
    guard let counts = stage(.data)?.counts else { return nil }
    var table = ReportTable([
      .words("records"), .numbers("to learn from"), .numbers("held out"),
    ])
    for (name, key) in [
      ("preference pairs", "pairs"), ("single judgments", "unpaired"), ("prompts", "prompts"),
    ] {
      table.append([
        .init(name), .init(NumberLabel.grouped(counts[key] ?? 0)),
        .init(NumberLabel.grouped(counts["held_out_" + key] ?? 0)),
      ])
    }
    return ReportSection(
      "Data",
      [
        .table(table),
        .paragraph(
          "Records are divided by prompt, the same way in every turn: a prompt that is held out is never "
            + "trained on. \(NumberLabel.grouped(counts["repeated"] ?? 0)) repeated records were left out; "
            + "\(NumberLabel.grouped(counts["opposed"] ?? 0)) pairs were judged both ways round."),
      ])
  }

  private var reward: ReportSection? {
    guard let run = run(Part.reward) else { return nil }
    let curves = figures(of: run, [MetricChart(.loss), MetricChart(.accuracy)])
    let quality = run.evaluations.reward
    guard !curves.isEmpty || quality != nil else { return nil }
    return ReportSection(
      "The reward model",
      (curves.isEmpty ? [] : [.figures(curves)])
        + (quality.map { AccuracySection(result: $0).section.blocks } ?? [])
        + (quality?.calibration.map { CalibrationSection(calibration: $0).section.blocks } ?? []))
  }

  private var training: ReportSection? {
    guard let run = run(Part.training) else { return nil }
    let curves = figures(
      of: run,
      [.loss, .rewardMargin, .reward, .gold, .objectiveDivergence, .meanLength].map {
        MetricChart($0)
      })
    return curves.isEmpty ? nil : ReportSection("The policy’s training", [.figures(curves)])
  }

  private var comparison: [ReportSection] {
    guard stage(.gate) != nil,
      let result: ModelComparisonResult = read(Part.comparison)
    else { return [] }
    return [
      ComparisonWinSection(result: result).section, ComparisonTextSection(result: result).section,
      ComparisonSampleSection(result: result).section,
    ].compactMap { $0 }
  }

  private var gate: ReportSection? {
    guard stage(.gate) != nil, let gate: GateResult = read(Part.gate) else { return nil }
    var table = ReportTable([
      .words("criterion"), .words("must be"), .numbers("seen"), .words("came out"), .words("from"),
    ])
    for finding in gate.findings {
      let seen = finding.seen.flatMap { seen in
        seen.verdict?.rawValue ?? seen.value.map { NumberLabel.significant($0) }
      }
      let tone: ReportTone =
        finding.status == .passed ? .good : finding.isRequired ? .alarming : .plain
      table.append([
        .init(finding.criterion.rawValue), .init(finding.threshold),
        .init(seen ?? NumberLabel.none),
        .init(finding.status.rawValue.replacing("_", with: " "), tone: tone), .init(finding.source),
      ])
    }
    return ReportSection("The gate", [.table(table)])
  }

  private func run(_ part: String) -> RecordedRun? {
    RecordedRun.directories(of: layout.path(of: part)).first.flatMap { try? RecordedRun($0) }
  }

  private func figures(of run: RecordedRun, _ charts: [MetricChart]) -> [ReportFigure] {
    charts.compactMap { $0.figure(of: run.metrics) }
  }

  private func read<Value: Decodable>(_ part: String) -> Value? {
    DocumentFile.read(Value.self, from: layout.path(of: part))
  }
}

extension LoopTurn.Stage {
  /// How far it is, in a word or two.
  public var stateWords: String { isFinished ? "done" : isBegun ? "begun" : "not yet" }
}
