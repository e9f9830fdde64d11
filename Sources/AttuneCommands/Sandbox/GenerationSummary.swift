import PreferenceData

/// What `attune sandbox generate` has written so far.
struct GenerationSummary {
  private let command: SandboxGenerateCommand
  private let start = ContinuousClock.now
  private var rows = 0
  private var characters = 0.0
  private var nats = 0.0
  /// Pairs of which one completion is better by gold, and those in which it is the chosen one.
  private var unequal = 0
  private var inGoldOrder = 0

  init(command: SandboxGenerateCommand) { self.command = command }

  /// Counts a row.
  mutating func add(_ row: JSONObject) {
    rows += 1
    if case .number(let logProbability)? = row["log_probability"] { nats -= logProbability }
    if case .number(let count)? = row["characters"] { characters += count }
    if case .number(let chosen)? = row["gold_chosen"],
      case .number(let rejected)? = row["gold_rejected"], chosen != rejected
    {
      unequal += 1
      inGoldOrder += chosen > rejected ? 1 : 0
    }
  }

  /// How far the work is.
  var progress: ProgressSnapshot {
    let elapsed = ContinuousClock.now - start
    let rate = Double(rows) / max(elapsed / .seconds(1), 1e-9)
    return ProgressSnapshot(
      activity: "generating", step: rows, total: command.count, rates: [.init(rate, "rows")],
      elapsed: elapsed)
  }

  private var natsPerCharacter: Double? { characters > 0 ? nats / characters : nil }

  private var goldAgreement: Double? {
    unequal > 0 ? Double(inGoldOrder) / Double(unequal) : nil
  }

  /// The result for a person.
  var sentence: String {
    var sentence = "\(command.out): \(rows) \(command.kind.title), seed \(command.seed)"
    if command.worldSeed != 0 { sentence += ", world \(command.worldSeed)" }
    if let natsPerCharacter {
      sentence += ", \(NumberText.fixed(natsPerCharacter, decimals: 4)) nats a character"
    }
    if let goldAgreement {
      sentence +=
        ", \(NumberText.fixed(100 * goldAgreement, decimals: 1)) % of unequal pairs in gold order"
    }
    return sentence
  }

  /// The same for programs.
  var report: JSONReport {
    var report = JSONReport()
    report.add("kind", command.kind.rawValue)
    report.add("rows", rows)
    report.add("seed", Double(command.seed))
    report.add("world_seed", Double(command.worldSeed))
    if let natsPerCharacter {
      report.add("characters", characters)
      report.add("nats", nats)
      report.add("nats_per_character", natsPerCharacter)
    }
    if let goldAgreement {
      report.add("unequal_pairs", unequal)
      report.add("in_gold_order", goldAgreement)
    }
    return report
  }
}
