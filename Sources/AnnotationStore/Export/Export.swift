public import PreferenceData

/// What came of a project, as records.
public struct Export: Sendable {
  /// The records, in the order of the tasks.
  public private(set) var rows: [JSONObject] = []
  /// What became of the tasks.
  public private(set) var summary = ExportSummary()

  let options: ExportOptions
  let settings: ProjectSettings
  let people: [Int64: Person]
  let rulings: [Int64: Ruling]
  let judgments: [Int64: [RecordedJudgment]]
  let aggregation: Aggregation

  init(
    _ options: ExportOptions, settings: ProjectSettings, people: [Person], tasks: [AnnotatedTask],
    judgments: [RecordedJudgment], rulings: [Int64: Ruling]
  ) {
    let quality = settings.quality
    let isRaw = options.format == .raw
    let kept = judgments.filter { judgment in
      isRaw
        || judgment.round == 1
          && (!options.isValidOnly || judgment.confidence >= quality.threshold)
    }
    self.options = options
    self.settings = settings
    self.people = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
    self.rulings = rulings
    self.judgments = Dictionary(grouping: kept, by: \.task)
    aggregation = Aggregation(kept, rulings: rulings, method: options.method)
    let asked = Set(tasks.filter { $0.gold == nil && $0.status != .withdrawn }.map(\.id))
    if !isRaw {
      summary.doubtful =
        judgments.count { asked.contains($0.task) && $0.round == 1 }
        - kept.count { asked.contains($0.task) }
    }
    for task in tasks where isRaw || asked.contains(task.id) { add(task) }
    summary.records = rows.count
  }

  private mutating func add(_ task: AnnotatedTask) {
    let given = judgments[task.id] ?? []
    guard !given.isEmpty && given.count >= options.leastAnswers || rulings[task.id] != nil else {
      summary.unanswered += 1
      return
    }
    let added: [JSONObject]
    switch options.format {
    case .raw: added = given.map { rawRow(task, $0) }
    case .comparison: added = given.compactMap { comparisonRow(task, $0) }
    case .argilla: added = [argillaRow(task, given)]
    case .ranking: added = rankingRow(task, given).map { [$0] } ?? []
    case .preference, .hh, .unpaired: added = decidedRows(task, given)
    }
    if !added.isEmpty { summary.tasks += 1 }
    rows += added
  }

  /// Records of what is decided: which of two is better, or of more, every pair of different ranks.
  private mutating func decidedRows(
    _ task: AnnotatedTask, _ given: [RecordedJudgment]
  ) -> [JSONObject] {
    guard task.responses.count == 2 else {
      guard let ranks = ranks(of: task, given) else {
        summary.bothBad += 1
        return options.format == .unpaired ? unpairedRows(task, isGood: { _ in false }) : []
      }
      guard Set(ranks).count > 1 else {
        summary.ties += 1
        return []
      }
      let best = ranks.min()
      if options.format == .unpaired {
        let worst = ranks.max()
        return unpairedRows(task) { ranks[$0] == best ? true : ranks[$0] == worst ? false : nil }
      }
      return Self.orderedPairs(ranks).map { better, worse in
        pairRow(task, better, worse, given, probability: nil)
      }
    }
    let pair = aggregation.pairs[task.id]
    switch pair?.label {
    case .first, .second:
      let better = pair?.label == .first ? 0 : 1
      if options.format == .unpaired { return unpairedRows(task) { $0 == better } }
      let first = pair?.firstIsBetter ?? 0.5
      return [
        pairRow(
          task, better, 1 - better, given, probability: better == 0 ? first : 1 - first)
      ]
    case .tie:
      summary.ties += 1
      return []
    case .bothBad:
      summary.bothBad += 1
      return options.format == .unpaired ? unpairedRows(task) { _ in false } : []
    case nil:
      summary.undecided += 1
      return []
    }
  }

  /// The places of all pairs of different ranks, the better first.
  private static func orderedPairs(_ ranks: [Int]) -> [(Int, Int)] {
    ranks.indices.flatMap { one in
      ranks.indices.filter { ranks[one] < ranks[$0] }.map { (one, $0) }
    }
  }
}

extension AnnotationProject {
  /// What came of the project, as records.
  ///
  /// - Parameter options: What they hold.
  /// - Returns: The records and what became of the tasks.
  /// - Throws: An error of SQLite.
  public func export(_ options: ExportOptions) throws -> Export {
    Export(
      options, settings: try settings(), people: try people(), tasks: try tasks(),
      judgments: try judgments(), rulings: try rulings())
  }
}
