internal import PreferenceData
internal import Reports
internal import RunRecords

/// What was trained on what, when, and how it went.
struct RunFactsSection {
  let run: RecordedRun

  var section: ReportSection {
    var blocks: [ReportBlock] = [.facts(facts), .table(data)]
    if let resumptions = run.manifest.resumptions, !resumptions.isEmpty {
      blocks.append(.table(table(of: resumptions)))
    }
    return ReportSection("The run", blocks)
  }

  private var facts: [ReportFact] {
    let manifest = run.manifest
    var facts = [ReportFact("Method", run.title)]
    facts += Self.settings.compactMap { name, title in
      // A list that is empty, and what is switched off, are not worth a line.
      run.settings[name].flatMap {
        ["[]", "false"].contains($0) ? nil : ReportFact(title, Self.withoutBrackets($0))
      }
    }
    facts += [
      ReportFact("State", run.stateWords),
      ReportFact("Rows", NumberLabel.grouped(manifest.rows)),
    ]
    facts += manifest.droppedRows.sorted { $0.key < $1.key }.map { reason, count in
      ReportFact(
        "Left out: \(DropReason(rawValue: reason)?.description ?? reason)",
        NumberLabel.grouped(count))
    }
    if let epochs = run.metrics.last(.epoch), epochs.isFinite {
      facts.append(ReportFact("Epochs", NumberLabel.significant(epochs)))
    }
    if let tokens = run.metrics.last(.numberOfTokens), tokens.magnitude < 1e15 {
      facts.append(ReportFact("Tokens", NumberLabel.grouped(Int(tokens))))
    }
    return facts + [
      ReportFact("Seed", "\(manifest.seed)"),
      ReportFact("Started", RecordedRun.words(manifest.startedAt)),
      ReportFact("Time in training", run.durationWords),
      ReportFact("Attune", manifest.attune),
    ]
  }

  /// The settings that say what was trained by what.
  private static let settings: KeyValuePairs = [
    "model": "Model", "reference_model": "Reference", "reward_model": "Reward model",
    "reward_program": "Reward by a program", "reward_endpoint": "Reward by a server",
    "reward_rules": "Reward by rules", "reward_gold": "Reward by the judge of the sandbox",
    "loss_type": "Loss", "beta": "β",
  ]

  /// The items of a list as YAML writes it.
  private static func withoutBrackets(_ value: String) -> String {
    value.hasPrefix("[") && value.hasSuffix("]") ? String(value.dropFirst().dropLast()) : value
  }

  private var data: ReportTable {
    var table = ReportTable([
      .words("data file"), .numbers("bytes"), .words("SHA-256, first digits"),
    ])
    for file in run.manifest.data {
      table.append([
        .init(file.path), .init(NumberLabel.grouped(file.bytes)),
        .init(String(file.sha256.prefix(12))),
      ])
    }
    return table
  }

  private func table(of resumptions: [RunManifest.Resumption]) -> ReportTable {
    var table = ReportTable([.words("resumed"), .numbers("after step")])
    for resumption in resumptions {
      table.append([
        .init(RecordedRun.words(resumption.startedAt)), .init(NumberLabel.grouped(resumption.step)),
      ])
    }
    return table
  }
}
