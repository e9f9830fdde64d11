import Foundation
import PreferenceData
import Testing

@testable import Sandbox

@Suite("Generated rows")
struct GeneratedRowsTests {
  private let world = SandboxWorld()
  private let kinds = PromptKind.allCases
  private let judge: GoldJudge

  init() { judge = GoldJudge(world: world) }

  private func pool(_ annotator: SimulatedAnnotator = SimulatedAnnotator(name: "a"))
    -> AnnotatorPool
  {
    AnnotatorPool(size: 4, typical: annotator)
  }

  private func take(_ count: Int, of rows: some SandboxRows) throws -> [JSONObject] {
    var rows = rows
    return try (0..<count).map { _ in try rows.next() }
  }

  /// Writes rows into a compressed file and reads them back; no row may be left out.
  private func read<Record>(
    _ rows: [JSONObject], by reader: RecordReader<Record>
  ) throws -> [Record] {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-sandbox-\(UUID().uuidString).jsonl.gz").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = try JSONLinesWriter(path: path)
    for row in rows { try writer.write(row) }
    try writer.commit()
    return try reader.read([path], strict: true).records
  }

  @Test("every reader takes its rows, the further fields aside")
  func readers() throws {
    let count = 60
    let texts = try take(count, of: TextRows(world: world, kinds: kinds, seed: 1))
    #expect(try read(texts, by: .documents).count == count)
    let good = try take(count, of: DemonstrationRows(world: world, kinds: kinds, seed: 1))
    let demonstrations = try read(good, by: .demonstrations)
    #expect(demonstrations.count == count)
    #expect(demonstrations[0].metadata?["quality"] != nil)
    let preferences = try take(
      count, of: PreferenceRows(world: world, kinds: kinds, pool: pool(), seed: 1))
    let pairs = try read(preferences, by: .preferencePairs)
    #expect(pairs.count == count)
    #expect(Set(pairs.map(\.weight)) == [0.5, 0.75, 1])
    let rankings = try take(
      count, of: RankingRows(world: world, kinds: kinds, pool: pool(), completions: 3, seed: 1))
    #expect(try read(rankings, by: .rankings).count == count)
    let prompts = try take(count, of: PromptRows(world: world, kinds: kinds, seed: 1))
    #expect(try read(prompts, by: .prompts).count == count)
    let critiques = try take(count, of: CritiqueRows(world: world, kinds: kinds, seed: 1))
    #expect(try read(critiques, by: .prompts).count == count)
    let labelled = try take(count, of: LabelledRows(world: world, kinds: kinds, seed: 1))
    #expect(try read(labelled, by: .documents).count == count)
  }

  @Test("the same seed gives the same rows, another seed others")
  func seeds() throws {
    func rows(_ seed: UInt64) throws -> [JSONObject] {
      try take(20, of: PreferenceRows(world: world, kinds: kinds, pool: pool(), seed: seed))
    }
    #expect(try rows(3) == rows(3))
    #expect(try rows(3) != rows(4))
  }

  @Test("kinds of file share no draws under one seed")
  func streams() throws {
    let prompts = try take(50, of: PromptRows(world: world, kinds: kinds, seed: 1))
    let demonstrations = try take(50, of: DemonstrationRows(world: world, kinds: kinds, seed: 1))
    let shared = zip(prompts, demonstrations).count { $0["prompt"] == $1["prompt"] }
    #expect(shared <= 2)
  }

  @Test("other annotators with one seed judge the same pairs")
  func commonPairs() throws {
    func pairs(_ annotator: SimulatedAnnotator) throws -> [Set<JSONValue>] {
      let rows = PreferenceRows(world: world, kinds: kinds, pool: pool(annotator), seed: 2)
      return try take(40, of: rows).map { Set([$0["chosen"], $0["rejected"]].compactMap(\.self)) }
    }
    #expect(
      try pairs(SimulatedAnnotator(name: "a"))
        == pairs(SimulatedAnnotator(name: "b", labelNoise: 0.4, lengthBias: 3, sloppiness: 0.5)))
  }

  @Test("without noise and with a gap, the chosen is better by the gap")
  func gap() throws {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0)
    let rows = PreferenceRows(
      world: world, kinds: kinds, pool: pool(annotator), votes: 2, minimumGap: 0.2, seed: 5)
    let pairs = try take(200, of: rows)
    for pair in pairs {
      let (chosen, rejected) = (try number(pair, "gold_chosen"), try number(pair, "gold_rejected"))
      #expect(chosen - rejected >= 0.2)
      let score = judge.score(
        prompt: try text(pair, "prompt"), completion: try text(pair, "chosen"))
      #expect(score.total == chosen)
      #expect(judge.kind(of: try text(pair, "prompt"))?.rawValue == (try text(pair, "kind")))
    }
    // Both judge the same pair, each under their own name.
    #expect(pairs[0]["prompt"] == pairs[1]["prompt"])
    #expect(pairs[0]["annotator"] != pairs[1]["annotator"])
  }

  @Test("a gap that nothing has is an error that says so")
  func unreachableGap() {
    var source = CandidateSource(
      world: world, kinds: [.sum], seed: 1, purpose: "test", promptLimit: 20)
    let error = #expect(throws: SandboxError.self) {
      try source.next(completions: 2, minimumGap: 0.95)
    }
    #expect(
      error?.description
        == "a minimum gap of 0.95 between the gold scores of 2 completions: none of 20 prompts "
        + "(sum) has such completions; give a smaller gap, fewer completions or other kinds")
  }

  @Test("rankings without noise are in gold's order")
  func rankings() throws {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0)
    let rows = RankingRows(
      world: world, kinds: kinds, pool: pool(annotator), completions: 4, seed: 6)
    for row in try take(60, of: rows) {
      guard case .array(let gold)? = row["gold"], case .array(let ranks)? = row["ranking"] else {
        Issue.record("no lists in \(row)")
        continue
      }
      for (left, right) in zip(zip(gold, ranks), zip(gold, ranks).dropFirst()) {
        guard case .number(let a) = left.0, case .number(let b) = right.0,
          case .number(let first) = left.1, case .number(let second) = right.1
        else { continue }
        #expect((a > b) == (first < second) && (a == b) == (first == second))
      }
    }
  }

  @Test("a length-biased pool chooses the longer more often than a fair one")
  func lengthBias() throws {
    func longer(_ bias: Double) throws -> Double {
      let annotator = SimulatedAnnotator(name: "a", temperature: 0.3, lengthBias: bias)
      let rows = try take(
        300, of: PreferenceRows(world: world, kinds: kinds, pool: pool(annotator), seed: 7))
      let count = try rows.count { try text($0, "chosen").count > text($0, "rejected").count }
      return Double(count) / 300
    }
    #expect(try longer(3) > longer(0) + 0.15)
  }

  @Test("demonstrations are good")
  func demonstrations() throws {
    for row in try take(200, of: DemonstrationRows(world: world, kinds: kinds, seed: 8)) {
      let score = judge.score(
        prompt: try text(row, "prompt"), completion: try text(row, "completion"))
      #expect(score.total > 0.85, "\(row)")
    }
  }

  @Test("a revision is better than the response, and every principle is broken by some")
  func critiques() throws {
    let rows = try take(300, of: CritiqueRows(world: world, kinds: kinds, seed: 9))
    for row in rows {
      #expect(try number(row, "gold_revision") > number(row, "gold_response"), "\(row)")
      #expect(try !text(row, "critique").isEmpty)
      guard case .array(let violated)? = row["violated"] else {
        Issue.record("no list in \(row)")
        continue
      }
      #expect(violated.contains(.string(try text(row, "principle"))))
    }
    let principles = try Set(rows.map { try text($0, "principle") })
    #expect(principles == Set(Principle.allCases.map(\.text)))
  }

  @Test("half of the labelled texts are unsafe, and for what is in them")
  func labels() throws {
    let rows = try take(400, of: LabelledRows(world: world, kinds: kinds, seed: 10))
    let unsafe = try rows.count { try text($0, "label") == "unsafe" }
    #expect((150...250).contains(unsafe))
    for row in rows {
      let (category, scope) = (try text(row, "category"), try text(row, "scope"))
      #expect((category == "none") == (try text(row, "label") == "safe"))
      #expect(try scope == "exchange" || !text(row, "text").contains("Assistant:"))
      if scope == "exchange", category == "none" {
        let parts = Derivation(text: try text(row, "text"), logProbability: 0, marks: []).sides
        let score = judge.score(prompt: parts.prompt, completion: parts.completion)
        #expect(score.harmlessness >= 0.6, "\(row)")
      }
    }
  }

  @Test("the log probability of a row is that of its text, in a world of those kinds")
  func textRows() throws {
    let documents = world.documents(of: [.sum, .chat])
    for row in try take(50, of: TextRows(world: world, kinds: [.sum, .chat], seed: 11)) {
      let text = try text(row, "text")
      #expect(try number(row, "log_probability") == documents.logProbability(of: text))
      #expect(try number(row, "characters") == Double(text.count))
    }
  }

  private func text(_ row: JSONObject, _ name: String) throws -> String {
    guard case .string(let text)? = row[name] else { throw MissingField(name: name) }
    return text
  }

  private func number(_ row: JSONObject, _ name: String) throws -> Double {
    guard case .number(let number)? = row[name] else { throw MissingField(name: name) }
    return number
  }
}

private struct MissingField: Error {
  let name: String
}
