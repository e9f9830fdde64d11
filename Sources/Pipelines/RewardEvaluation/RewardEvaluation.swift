internal import LanguageModels
internal import Evaluations
internal import PreferenceData

/// Evaluates a reward model on judged data.
///
///     let evaluation = RewardEvaluation(model: "runs/reward", data: .init(["test.jsonl"]))
///     let result = try evaluation.run(by: scorer)
///
/// The steps: score all completions; compare margins with judgments, lengths and gold; score matched
/// counterfactuals; fit a length correction on one half of the prompts and test it on the other;
/// measure how far hidden states lie from those of reference data.
public struct RewardEvaluation: Sendable {
  /// Files with their rows.
  public struct Source: Sendable {
    /// The files.
    public var files: [String]
    /// Their rows.
    public var content: JudgedData

    /// Describes data.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - content: Their rows.
    public init(files: [String], content: JudgedData) {
      self.files = files
      self.content = content
    }
  }

  /// How far the work is.
  public struct Progress: Sendable, Hashable {
    /// What is being done, in a word or two.
    public var activity: String
    /// Groups of completions that are done.
    public var done: Int
    /// All groups.
    public var total: Int

    /// Describes progress.
    ///
    /// - Parameters:
    ///   - activity: What is being done, in a word or two.
    ///   - done: Groups of completions that are done.
    ///   - total: All groups.
    public init(activity: String, done: Int, total: Int) {
      self.activity = activity
      self.done = done
      self.total = total
    }
  }

  /// The model directory, for the record.
  public var model: String
  /// What is evaluated on.
  public var data: Source
  /// What a length correction is fitted on; `nil` for one half of the evaluated prompts.
  public var fitData: Source?
  /// What hidden states are compared with; `nil` for nothing.
  public var reference: Source?
  /// The helpful, honest and harmless comparisons, beside ``data``.
  public var hhh: Source?
  /// Which probes are made.
  public var probes = ProbeSet.all
  /// How many rows the probes are made of at most.
  public var probeLimit = 1000
  /// How many rows hidden states are taken of at most, on each side.
  public var distributionLimit = 2000
  /// Bins of confidence from ½ to 1.
  public var bins = 10
  /// What all draws depend on.
  public var seed: UInt64 = 0

  /// The least number of reference rows that say what is usual.
  public static let leastReferences = 10

  /// Describes an evaluation.
  ///
  /// - Parameters:
  ///   - model: The model directory, for the record.
  ///   - data: What is evaluated on.
  public init(model: String, data: Source) {
    self.model = model
    self.data = data
  }

  /// Evaluates.
  ///
  /// - Parameters:
  ///   - scorer: The model behind its tokenizer.
  ///   - progress: Told after each batch; may throw to stop.
  /// - Returns: The result.
  /// - Throws: What `progress` throws, what the engine throws, or ``PipelineError``.
  public func run(
    by scorer: any EvaluatedRewardModel, progress: (Progress) throws -> Void = { _ in }
  ) throws -> RewardEvaluationResult {
    var random = generator(for: .intervals)
    var people = generator(for: .annotators)
    let scored = try ScoredData(data.content, by: scorer) { done, total in
      try progress(Progress(activity: "scoring", done: done, total: total))
    }
    guard !scored.rows.isEmpty else {
      throw PipelineError.allTooLong(
        rows: data.content.rows.count, maxLength: scorer.maxLength ?? 0)
    }
    let rows = scored.rows
    let pairs = PairTable(rows)
    let scores = MeanVariance(rows.flatMap { $0.scores.map(\.value) })
    let deviation = scores.deviation(.sample).flatMap { $0 > 0 ? $0 : nil }
    guard
      let accuracy = AccuracyResult(margins: pairs.margins, prompts: pairs.prompts, using: &random),
      let baselines = BaselineResult(pairs, using: &random), let mean = scores.mean
    else { preconditionFailure("judged rows without a comparison") }

    var result = RewardEvaluationResult(
      model: model, data: data.files, seed: seed,
      rows: .init(
        scored: rows.count, comparisons: pairs.count,
        rankings: rows.count { !$0.judged.isPair }, prompts: Set(pairs.prompts).count,
        dropped: scored.dropped),
      scores: .init(mean: mean, deviation: deviation),
      storedCorrection: scorer.storedCorrection,
      accuracy: accuracy, baselines: baselines, gold: GoldResult(pairs, rows: rows),
      annotators: AnnotatorResult(pairs, rows: rows, using: &people),
      calibration: CalibrationResult(
        margins: pairs.margins, prompts: pairs.prompts, bins: bins, seed: seed, using: &random),
      margins: MarginResult(pairs.margins), breakdowns: BreakdownResult.all(pairs, rows: rows),
      rankings: RankingResult(rows, using: &random),
      length: LengthResult(pairs, rows: rows, using: &random), probes: [],
      ensemble: EnsembleResult(rows), notes: [])
    try addProbesAndCorrection(to: &result, rows, scorer, deviation: deviation, progress)
    if let reference {
      result.distribution = try DistributionComparison(
        rows: rows, reference: reference, limit: distributionLimit, seed: seed
      ).result(by: scorer, progress: progress)
    }
    if let hhh { result.hhh = try benchmark(hhh, scorer, progress) }
    return result
  }

  /// What draws are for. Each purpose has a generator of its own, so that what one part of the
  /// evaluation draws does not change another.
  private enum Purpose: UInt64 {
    case intervals, probes, benchmark, annotators
  }

  private func generator(for purpose: Purpose) -> SeededGenerator {
    SeededGenerator(seed: seed &+ purpose.rawValue &* 0x9E37_79B9_7F4A_7C15)
  }

  private func addProbesAndCorrection(
    to result: inout RewardEvaluationResult, _ rows: [ScoredRow],
    _ scorer: any EvaluatedRewardModel,
    deviation: Double?, _ progress: (Progress) throws -> Void
  ) throws {
    var random = generator(for: .probes)
    let probes = try ProbeScoring(rows: rows, probes: probes, limit: probeLimit, using: &random)
      .pairs(by: scorer) { done, total in
        try progress(Progress(activity: "probing", done: done, total: total))
      }
    result.probes = ProbeResult.results(probes, scoreDeviation: deviation, using: &random)
    for probe in probes where probe.shifts.isEmpty {
      result.notes.append("no row allows the probe “\(probe.name)”")
    }

    let (fit, test) = try correctionParts(rows, scorer, progress)
    guard var correction = CorrectionResult(fit: fit, test: test) else {
      result.notes.append(
        "no prompt has completions of different lengths, so that no length correction was fitted")
      return
    }
    // What the scores have lost already is given back first.
    var change = correction.correction
    change.slope -= scorer.storedCorrection?.slope ?? 0
    correction.probes = ProbeResult.results(
      probes, scoreDeviation: deviation, adjustment: change, using: &random)
    result.correction = correction
  }

  /// Rows to fit a length correction on, and others to test it, both without any correction.
  private func correctionParts(
    _ rows: [ScoredRow], _ scorer: any EvaluatedRewardModel, _ progress: (Progress) throws -> Void
  ) throws -> (fit: [ScoredRow], test: [ScoredRow]) {
    func plain(_ rows: [ScoredRow]) -> [ScoredRow] {
      guard let stored = scorer.storedCorrection else { return rows }
      return rows.map { $0.adding(stored, times: 1) }
    }
    if let fitData {
      let fit = try ScoredData(fitData.content, by: scorer) { done, total in
        try progress(Progress(activity: "scoring to fit", done: done, total: total))
      }
      return (plain(fit.rows), plain(rows))
    }
    let split = DatasetSplit(groups: rows.map(\.prompt), fraction: 0.5, seed: seed)
    return (plain(split.training.map { rows[$0] }), plain(split.heldOut.map { rows[$0] }))
  }

  private func benchmark(
    _ source: Source, _ scorer: any EvaluatedRewardModel, _ progress: (Progress) throws -> Void
  ) throws -> RewardEvaluationResult.Benchmark? {
    var random = generator(for: .benchmark)
    let scored = try ScoredData(source.content, by: scorer) { done, total in
      try progress(Progress(activity: "scoring HHH", done: done, total: total))
    }
    let pairs = PairTable(scored.rows)
    guard
      let accuracy = AccuracyResult(margins: pairs.margins, prompts: pairs.prompts, using: &random),
      let baselines = BaselineResult(pairs, using: &random)
    else { return nil }
    return .init(
      name: "Helpful, honest and harmless", accuracy: accuracy, baselines: baselines)
  }
}
