internal import Foundation
internal import Reports
internal import RunRecords
internal import Sampling

/// Whether what has learned may be offered: both policies answer prompts that nothing was trained on, and a
/// judge that nothing was trained against decides.
struct LoopGate {
  private typealias Part = LoopLayout.Part
  private let work: LoopWork

  init(_ work: LoopWork) { self.work = work }

  /// Compares, and asks the criteria.
  func run(
    _ record: inout LoopStageRecord, _ working: LoopWork.Working
  ) throws -> [String] {
    let (layout, project) = (work.layout, work.project)
    let run = layout.path(of: Part.training)
    let judge = layout.path(of: work.judge)
    let files = [layout.path(of: Part.heldOutPrompts)]
    var comparison = ModelComparison(
      models: [.init(Self.policy, at: project.policy), .init(Self.candidate, at: run)],
      prompts: try ComparedPrompt.read(files),
      judge: project.judge == .sandbox ? .gold : .reward(judge))
    if project.judge == .sandbox { comparison.furtherJudges = [.reward(judge)] }
    comparison.data = files
    comparison.baseline = Self.policy
    comparison.reference = project.policy
    comparison.subject = Self.candidate
    comparison.completions = project.sampling.completions
    comparison.sampling = SamplingParameters(
      choice: .temperature(project.sampling.temperature),
      maxNewTokens: project.sampling.maxNewTokens, seed: work.configurations.gateSeed)
    let result = try comparison.run { try working($0.activity, $0.done, $0.total) }.result
    let gate = try keep(result, run: run)
    let lineage = record.lineage
    try DocumentFile.write(
      LoopDocument(content: result, lineage: lineage), to: layout.path(of: Part.comparison))
    try DocumentFile.write(
      LoopDocument(content: gate, lineage: lineage), to: layout.path(of: Part.gate))
    note(gate, result, &record)
    return [Part.gate, Part.comparison]
  }

  private static let policy = "policy"
  private static let candidate = "candidate"

  /// Keeps what was measured in the candidate's run, where the gate finds it, and asks the criteria.
  private func keep(_ result: ModelComparisonResult, run: String) throws -> GateResult {
    let evaluations = try RunEvaluations(ofRunAt: run)
    try evaluations.keep(try JSONLine.text(of: result), as: .compare)
    let quality = work.layout.path(of: try work.quality(of: work.judge))
    guard let bytes = FileManager.default.contents(atPath: quality) else {
      throw LoopError.broken(path: quality)
    }
    let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
    try evaluations.keep(String(line), as: .reward)
    if let hacking = try RecordedRun(run).hacking {
      try evaluations.keep(try JSONLine.text(of: hacking), as: .hacking)
    }
    RunReportFile.write(in: run)
    return try GateResult(ofRunAt: run, by: work.project.gate)
  }

  private func note(
    _ gate: GateResult, _ result: ModelComparisonResult, _ record: inout LoopStageRecord
  ) {
    record.passed = gate.passed
    record.counts["prompts"] = result.prompts
    for finding in gate.findings {
      record.figures[finding.criterion.rawValue] = finding.seen?.value
    }
    let models = Dictionary(uniqueKeysWithValues: result.models.map { ($0.name, $0) })
    for (name, model) in models { record.figures["\(name)_tokens"] = model.length.tokens }
    let failed = gate.findings.filter { $0.isRequired && $0.status != .passed }
    record.findings = [
      gate.passed
        ? "passed" : "not passed: \(failed.map(\.criterion.rawValue).joined(separator: ", "))"
    ]
    guard let candidate = models[Self.candidate] else { return }
    record.figures["win_rate"] = candidate.winRate?.value
    record.figures["candidate_kl"] = candidate.kl?.value
    record.findings += [
      candidate.winRate.map { "wins \($0.percent) against the policy in use (\($0.range))" },
      candidate.kl.map { "KL \(NumberLabel.fixed($0.value, decimals: 2)) nats" },
      models[Self.policy].map {
        "\(NumberLabel.fixed(candidate.length.tokens, decimals: 0)) tokens an answer, before "
          + NumberLabel.fixed($0.length.tokens, decimals: 0)
      },
    ].compactMap { $0 }
  }
}
