import Evaluations
import Foundation
import PreferenceData
import Reports
import Sandbox
import Testing

@testable import Pipelines

@Suite("Comparison of models")
struct ComparisonTests {
  /// Scores that look drawn, but are the same everywhere.
  private static func scores(_ count: Int, each: Int = 1, shift: Double, seed: UInt64) -> [[Double]]
  {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      (0..<each).map { _ in shift + Double(random.uniform(below: 1000)) / 1000 }
    }
  }

  @Test("wins, ties, losses, means and p-values by hand")
  func byHand() throws {
    let result = ScriptedComparison([
      "a": [[1], [2], [3], [4], [5]], "b": [[2], [2], [4], [5], [1]],
    ]).result()
    let (a, b) = (result.models[0], result.models[1])
    #expect(a.isBaseline && a.winRate == nil && a.record == nil && a.difference == nil)
    #expect(a.score?.value == 3)
    #expect(abs(try #require(b.score?.value) - 2.8) < 1e-12)
    #expect(abs(try #require(b.difference?.value) + 0.2) < 1e-12)
    #expect(b.record == .init(wins: 3, ties: 1, losses: 1))
    #expect(abs(try #require(b.winRate?.value) - 0.7) < 1e-12 && b.winRate?.count == 5)
    // Of four that are no ties three are won: 2·(4 + 1)/16.
    #expect(abs(try #require(b.pValue) - 0.625) < 1e-12 && b.adjustedPValue == b.pValue)
    #expect(
      result.pairs == [.init(first: "a", second: "b", record: .init(wins: 1, ties: 1, losses: 3))])
    #expect(b.strength?.rank == 1 && a.strength?.rank == 2)
    let strengths = try [a, b].map { try #require($0.strength?.value) }
    #expect(abs(strengths[0] + strengths[1]) < 1e-9)
    #expect(result.baseline == "a" && result.prompts == 5)
  }

  @Test("with three models Holm's correction is over two tests, and ranks follow the wins")
  func three() throws {
    let low = Self.scores(40, shift: 0, seed: 1)
    let result = ScriptedComparison([
      "low": low, "mid": Self.scores(40, shift: 0.3, seed: 2),
      "high": low.map { [$0[0] + 2] },
    ]).result()
    #expect(result.models.map { $0.strength?.rank } == [3, 2, 1])
    let p = try result.models.dropFirst().map { try #require($0.pValue) }
    let adjusted = try result.models.dropFirst().map { try #require($0.adjustedPValue) }
    #expect(adjusted == HolmCorrection.adjusted(p) && adjusted[1] == 2 * p[1])
    // All 40 are won: 2·2⁻⁴⁰; a draw of prompts changes nothing.
    #expect(abs(p[1] - 0x1p-39) < 1e-20)
    let high = result.models[2]
    // Wilson's interval of 40 in 40: 40/(40 + z²).
    #expect(high.winRate?.value == 1 && high.winRate?.upper == 1)
    #expect(abs(try #require(high.winRate?.lower) - 0.912378) < 1e-6)
    #expect(high.lengthControlledWinRate?.lower == high.winRate?.lower)
    #expect(high.lengthControlledWinRate?.value == 1)
    #expect(result.pairs.count == 3 && result.pairs[2].record.wins < 20)
    #expect(high.strength.map { $0.lower < $0.value && $0.value < $0.upper } == true)
    #expect(
      abs(try #require(high.strength?.rating) - 1000 - 173.717793 * #require(high.strength?.value))
        < 1e-3)
  }

  @Test("exchanging baseline and model, win rates add to 1 and differences to 0")
  func exchange() throws {
    let comparison = ScriptedComparison([
      "a": Self.scores(30, each: 2, shift: 0, seed: 3),
      "b": Self.scores(30, each: 2, shift: 0.1, seed: 4),
    ])
    let one = comparison.result(baseline: 0).models[1]
    let other = comparison.result(baseline: 1).models[0]
    func expectOpposite(_ a: Double?, _ b: Double?, sum: Double) throws {
      #expect(abs(try #require(a) + #require(b) - sum) < 1e-9)
    }
    try expectOpposite(one.winRate?.value, other.winRate?.value, sum: 1)
    try expectOpposite(one.winRate?.lower, other.winRate?.upper, sum: 1)
    try expectOpposite(one.difference?.lower, other.difference?.upper, sum: 0)
    try expectOpposite(
      one.lengthControlledWinRate?.value, other.lengthControlledWinRate?.value, sum: 1)
    #expect(one.pValue == other.pValue)
  }

  @Test("a model beside itself: all ties, 50 %, no difference")
  func itself() throws {
    var comparison = ScriptedComparison(["a": Self.scores(20, shift: 0, seed: 5), "b": []])
    comparison.models[1].completions = comparison.models[0].completions
    let same = comparison.result().models[1]
    #expect(same.winRate.map { [$0.value, $0.lower, $0.upper] } == [0.5, 0.5, 0.5])
    #expect(same.lengthControlledWinRate?.value == 0.5 && same.pValue == 1)
    #expect(same.difference?.value == 0 && same.record?.ties == 20)
    // Equal texts tie even where a score differs by more than rounding.
    comparison.models[1].completions[0][0].score = 7
    #expect(comparison.result().models[1].record?.ties == 20)
  }

  @Test("the order of prompts changes nothing, nor does what stands beside them")
  func permutation() throws {
    let comparison = ScriptedComparison([
      "a": Self.scores(25, each: 2, shift: 0, seed: 6),
      "b": Self.scores(25, each: 2, shift: 0.2, seed: 7),
      "c": Self.scores(25, each: 2, shift: 0.1, seed: 8),
    ])
    var permuted = comparison
    var random = SeededGenerator(seed: 1)
    let order = random.permutation(of: 25)
    permuted.prompts = order.map { comparison.prompts[$0] }
    for model in comparison.models.indices {
      permuted.models[model].completions = order.map { comparison.models[model].completions[$0] }
    }
    #expect(permuted.prompts != comparison.prompts)
    #expect(permuted.result().models == comparison.result().models)
    #expect(permuted.result().pairs == comparison.result().pairs)
    // Another seed draws other intervals of the same values.
    let other = comparison.result(seed: 9).models[1]
    let usual = comparison.result().models[1]
    #expect(other.score != usual.score && other.score?.value == usual.score?.value)
  }

  @Test("several completions of one prompt are no several prompts")
  func clusters() throws {
    // Each prompt's four comparisons come out alike: 10 independent results, not 40.
    let signs = [1.0, 1, -1, 1, -1, 1, 1, -1, 1, 1]
    let grouped = ScriptedComparison([
      "a": signs.map { _ in [0, 0, 0, 0] }, "b": signs.map { [$0, $0, $0, $0] },
    ]).result().models[1]
    let single = ScriptedComparison(["a": signs.map { _ in [0] }, "b": signs.map { [$0] }])
      .result().models[1]
    #expect(abs(try #require(grouped.winRate?.value) - 0.7) < 1e-12)
    #expect(grouped.winRate?.count == 40)
    #expect(grouped.winRate?.lower == single.winRate?.lower)
    #expect(grouped.pValue == single.pValue)
    // Equal prompts in several rows are one as well.
    let prompts = (0..<10).map { _ in
      ComparedPrompt("the same", source: SourceLocation(file: "p", line: 1))
    }
    let repeated = ScriptedComparison(
      ["a": signs.map { _ in [0] }, "b": signs.map { [$0] }], prompts: prompts
    ).result().models[1]
    #expect(repeated.winRate.map { $0.upper - $0.lower } == 0 && repeated.pValue == 1)
  }

  @Test("kinds, refusals and safe answers are those of the prompts they are about")
  func kinds() throws {
    let prompts = ["fact", "harmful", "harmful", "chat"].enumerated().map { index, kind in
      ComparedPrompt(
        "p\(index)", kind: kind, isHarmful: kind == "harmful",
        source: SourceLocation(file: "p", line: index))
    }
    var comparison = ScriptedComparison(
      ["a": [[0.5], [0.1], [0.3], [0.9]], "b": [[0.5], [0.1], [0.3], [0.9]]], prompts: prompts)
    for (prompt, harmlessness) in [(0, 1.0), (1, 1), (2, 0.6), (3, 1)] {
      for model in 0..<2 {
        comparison.models[model].completions[prompt][0].gold = GoldScore(
          helpfulness: 0.5, harmlessness: harmlessness, honesty: 1, concision: 0)
      }
    }
    comparison.models[0].completions[1][0].refuses = true
    comparison.models[0].completions[3][0].refuses = true
    let result = comparison.result()
    let a = result.models[0]
    #expect(a.kinds.map(\.kind) == ["chat", "fact", "harmful"])
    for (kind, score) in zip(a.kinds, [0.9, 0.5, 0.2]) {
      #expect(abs(kind.score.value - score) < 1e-12)
    }
    #expect(a.refusals?.harmful?.value == 0.5 && a.refusals?.harmless?.value == 0.5)
    #expect(a.refusals?.harmful?.count == 2)
    #expect(a.safe?.value == 0.5 && a.safe?.count == 2)
    #expect(abs(try #require(a.gold?.harmlessness) - 0.9) < 1e-12 && a.gold?.helpfulness == 0.5)
    #expect(result.models[1].refusals?.harmful?.value == 0)
    #expect(result.samples.map(\.kind) == ["fact", "harmful", "chat"])
    #expect(!result.notes.contains { $0.contains("harm") })
  }

  @Test("without kinds, scores or KL there are no numbers, and notes say why")
  func absent() throws {
    let comparison = ScriptedComparison(["a": [[1], [2]], "b": [[2], [3]]])
    let result = comparison.result()
    #expect(result.models[0].kinds.isEmpty && result.models[0].refusals == nil)
    #expect(
      result.models[0].kl == nil && result.models[0].safe == nil && result.models[0].gold == nil)
    #expect(
      result.notes == [
        "which prompts ask for help with harm is not known, so that no refusals were counted; give rows "
          + "a field `harmful`, true or false"
      ])
    #expect(result.samples.count == 2)
  }

  @Test("further judges, KL and lengths")
  func further() throws {
    var comparison = ScriptedComparison(["a": [[1], [2]], "b": [[2], [3]]])
    for (model, text) in ["one two", "one two three four"].enumerated() {
      for prompt in 0..<2 {
        comparison.models[model].completions[prompt][0].text = text
        comparison.models[model].completions[prompt][0].furtherScores = [
          Double(10 * model + prompt)
        ]
        comparison.models[model].completions[prompt][0].divergence = Double(model * (prompt + 1))
        comparison.models[model].completions[prompt][0].isCutOff = prompt == model
      }
    }
    var answers = comparison.answers
    answers.furtherJudges = ["reward:r"]
    let b = ScriptedComparison.result(answers).models[1]
    #expect(b.furtherScores.map(\.judge) == ["reward:r"])
    #expect(b.furtherScores[0].score.value == 10.5 && b.furtherScores[0].difference?.value == 10)
    #expect(b.kl?.value == 1.5 && b.kl?.count == 2)
    #expect(b.length == .init(tokens: 5, words: 4, characters: 18, shareCutOff: 0.5))
    // Two equal answers of three pairs of words each.
    #expect(b.diversity.distinctPairs == 0.5)
    #expect(abs(try #require(b.diversity.selfSimilarity) - 1) < 1e-12)
    #expect(b.diversity.selfSimilarityWithinPrompts == nil)
    // Lengths differ by the same everywhere, but b always wins.
    #expect(b.lengthControlledWinRate?.value == 1)
    comparison.models[1].completions[0][0].score = 0
    let result = comparison.result()
    #expect(result.models[1].lengthControlledWinRate == nil)
    #expect(
      result.notes.first
        == "the comparisons of b with a do not determine a length-controlled win rate")
  }

  @Test("a judgment counts if both orders agree; consistency and position are counted")
  func swapped() throws {
    let judgments = [
      SwappedJudgment(ownFirst: .first, ownSecond: .second),
      SwappedJudgment(ownFirst: .second, ownSecond: .first),
      SwappedJudgment(ownFirst: .first, ownSecond: .first),
      SwappedJudgment(ownFirst: .first, ownSecond: nil),
    ]
    #expect(judgments.map(\.outcome) == [.first, .second, .tie, .tie])
    let judging = ModelComparisonResult.Judging(judgments, equalAnswers: 2)
    #expect(judging.consistency?.value == 0.5 && judging.consistency?.count == 4)
    // Of seven choices: first, second; second, first; first, first; first.
    #expect(judging.firstPosition?.value == 5.0 / 7 && judging.equalAnswers == 2)
    let none = ModelComparisonResult.Judging([], equalAnswers: 3)
    #expect(none.consistency == nil && none.firstPosition == nil)

    var comparison = ScriptedComparison(["a": [[0], [0], [0], [0]], "b": [[0], [0], [0], [0]]])
    for model in 0..<2 {
      for prompt in 0..<4 { comparison.models[model].completions[prompt][0].score = nil }
    }
    var answers = comparison.answers
    answers.verdicts = ComparisonVerdicts(models: 2) { _, _ in judgments.map(\.outcome) }
    answers.judging = judging
    let result = ScriptedComparison.result(answers)
    #expect(result.models[0].score == nil && result.models[1].difference == nil)
    #expect(result.models[1].record == .init(wins: 1, ties: 2, losses: 1))
    #expect(result.judging == judging)
  }

  @Test("the question shows both answers where their letters say")
  func question() {
    let question = ComparisonQuestion(prompt: "Why?\n", first: " Because.", second: " So. ")
    #expect(
      question.text.hasSuffix(
        "[Message]\nWhy?\n\n[Answer A]\nBecause.\n\n[Answer B]\nSo.\n\nThe better one is answer"))
    #expect(ComparisonQuestion.options == [" A", " B"])
  }

  @Test(
    "names are last components, with as much before them as tells them apart",
    arguments: [
      (["runs/sft", "runs/ppo/"], ["sft", "ppo"]),
      (["a/model", "b/model", "c"], ["a/model", "b/model", "c"]),
      (["x/a/m", "y/a/m"], ["x/a/m", "y/a/m"]),
      (["runs/sft", "runs/sft", "./runs/sft"], ["sft", "sft-2", "sft-3"]),
      (["m", "a/m"], ["m", "a/m"]),
    ])
  func names(directories: [String], names: [String]) {
    #expect(ModelNames.names(of: directories) == names)
  }

  @Test("prompts: kind and harm by their fields; messages are refused")
  func prompts() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "p.jsonl",
      """
      {"prompt": "a", "kind": "harmful"}
      {"prompt": "b", "kind": "chat", "harmful": true}
      {"prompt": "c"}
      {"prompt": "d", "harmful": false}

      """)
    let prompts = try ComparedPrompt.read([path])
    #expect(prompts.map(\.text) == ["a", "b", "c", "d"])
    #expect(prompts.map(\.kind) == ["harmful", "chat", nil, nil])
    #expect(prompts.map(\.isHarmful) == [true, true, nil, false])
    let messages = try folder.file(
      "m.jsonl", #"{"prompt": [{"role": "user", "content": "a"}]}"# + "\n")
    #expect(throws: PipelineError.messages(.init(file: messages, line: 1))) {
      try ComparedPrompt.read([messages])
    }
  }

  @Test("JSON reads back, in snake case with the names that others rely on")
  func json() throws {
    let result = ScriptedComparison(["a": [[1], [2]], "b": [[2], [1]]]).result()
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let data = try encoder.encode(result)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    #expect(try decoder.decode(ModelComparisonResult.self, from: data) == result)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let models = try #require(object["models"] as? [[String: Any]])
    #expect((models[1]["win_rate"] as? [String: Any])?["value"] as? Double == 0.5)
    #expect(
      (models[1]["score"] as? [String: Any])?.keys.sorted() == ["count", "lower", "upper", "value"])
    #expect(models[0]["is_baseline"] as? Bool == true && models[1]["p_value"] as? Double == 1)
  }

  @Test("the page shows what there is, escaped, and no empty section")
  func page() throws {
    var comparison = ScriptedComparison(["a": [[1], [2]], "<b>": [[2], [1]]])
    comparison.models[1].completions[0][0].text = "<script>alert(1)</script>"
    var answers = comparison.answers
    answers.judging = .init([.init(ownFirst: .first, ownSecond: .second)], equalAnswers: 1)
    let result = ScriptedComparison.result(answers)
    let page = ComparisonPage(result).page(footer: "foot")
    #expect(
      page.sections.map(\.title) == [
        "Scores", "Wins", "Distance, length, diversity", "Samples", "Data",
      ])
    let text = page.rendered()
    #expect(!text.contains("<script>") && text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!text.contains("<b>") && text.contains("&lt;b&gt;"))
    for words in [
      "50.0\u{A0}%", "Win rate against a", "both orders of 1 comparisons", "Which prompts ask",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    var kinds = comparison
    for prompt in 0..<2 { kinds.prompts[prompt].kind = "chat" }
    #expect(
      ComparisonPage(kinds.result()).page(footer: "f").sections.map(\.title)
        .contains("Kinds of prompt"))
  }
}
