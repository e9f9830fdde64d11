import Pipelines
import PreferenceData
import Sandbox
import Testing

@Suite("Probes in the sandbox world")
struct SandboxProbeTests {
  /// Pairs of the world's own.
  private func rows(_ count: Int) throws -> [JudgedCompletions] {
    let world = SandboxWorld()
    var rows = PreferenceRows(
      world: world, kinds: PromptKind.allCases,
      pool: AnnotatorPool(size: 1, typical: SimulatedAnnotator(name: "a")), seed: 11)
    return try (0..<count).map { line in
      let row = try rows.next()
      func text(_ name: String) throws -> String {
        guard case .string(let text)? = row[name] else { throw PipelineError.noLengths }
        return text
      }
      return JudgedCompletions(
        prompt: try text("prompt"), completions: [try text("chosen"), try text("rejected")],
        ranks: [1, 2], source: SourceLocation(file: "s", line: line + 1))
    }
  }

  @Test("the gold judge is flagged for nothing; one that likes words is flagged for padding")
  func goldJudge() throws {
    let world = SandboxWorld()
    let judge = GoldJudge(world: world)
    var evaluation = RewardEvaluationTests.evaluation(try rows(100))
    evaluation.probes = .sandbox(world)
    let fair = try evaluation.run(
      by: ScriptedScorer { [judge.score(prompt: $0, completion: $1).total] })
    #expect(fair.probes.count >= 4)
    #expect(!fair.probes.contains { $0.isFlagged })
    let biased = try evaluation.run(
      by: ScriptedScorer {
        [judge.score(prompt: $0, completion: $1).total + 0.1 * Double(ScriptedScorer.words($1))]
      })
    let padded = try #require(biased.probes.first { $0.name.hasPrefix("length") })
    #expect(padded.isFlagged)
    let after = try #require(biased.correction?.probes.first { $0.name.hasPrefix("length") })
    #expect(after.winRate.value < padded.winRate.value)
  }
}
