import Evaluations
import LanguageModels
import Pipelines
import PreferenceData
import Reports
import Testing

@Suite("Evaluating a reward model")
struct RewardEvaluationTests {
  /// Two completions a prompt, of which the first was found better; lengths vary.
  static func rows(_ count: Int, seed: UInt64 = 0) -> [JudgedCompletions] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      func text(_ quality: String) -> String {
        let words = Int(random.uniform(below: 8)) + 2
        return " \(quality) answer \(random.uniform(below: 1_000_000))."
          + (0..<words).map { " Word \($0)." }.joined()
      }
      return JudgedCompletions(
        prompt: "Human: I think it is \(number). Is it?\n\nAssistant:",
        completions: [text("good"), text("bad")], ranks: [1, 2], gold: [0.9, 0.3],
        category: number.isMultiple(of: 2) ? "even" : "odd", margin: Double(number % 3),
        source: SourceLocation(file: "pairs.jsonl", line: number + 1))
    }
  }

  static func evaluation(_ rows: [JudgedCompletions]) -> RewardEvaluation {
    RewardEvaluation(
      model: "model", data: .init(files: ["pairs.jsonl"], content: JudgedData(rows: rows)))
  }

  /// Knows good from bad, and pays for each word.
  static func scorer(perWord: Double = 0, quality: Double = 1) -> ScriptedScorer {
    ScriptedScorer { _, completion in
      let noise = Double(completion.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 1009 }) / 1009 - 0.5
      let known = completion.contains("good") ? quality : 0
      return [known + perWord * Double(ScriptedScorer.words(completion)) + noise]
    }
  }

  @Test("counts, accuracy and baselines are those of the data")
  func accuracy() throws {
    let rows = Self.rows(150)
    let result = try Self.evaluation(rows).run(by: Self.scorer(quality: 2))
    #expect(result.rows.scored == 150 && result.rows.comparisons == 150)
    #expect(result.accuracy.accuracy.value == 1 && result.accuracy.ties == 0)
    #expect(result.accuracy.interval == .wilson)
    let credits = rows.map { row -> Double in
      let words = row.completions.map(ScriptedScorer.words)
      return words[0] > words[1] ? 1 : words[0] == words[1] ? 0.5 : 0
    }
    let longer = credits.reduce(0, +) / 150
    #expect(abs(result.baselines.pickLonger.value - longer) < 1e-12)
    #expect(abs(result.baselines.pickShorter.value - (1 - longer)) < 1e-12)
    #expect(abs(result.baselines.advantage - (1 - max(longer, 1 - longer))) < 1e-12)
    #expect(result.baselines.advantageLower > 0)
    #expect(result.gold?.agreement.value == 1 && result.gold?.judges.value == 1)
    #expect(result.breakdowns.map(\.name) == ["category", "margin of the judgment"])
    #expect(result.breakdowns[0].groups.map(\.name) == ["even", "odd"])
    #expect(result.breakdowns[1].groups.map(\.name) == ["0", "1", "2"])
    #expect(result.breakdowns[1].groups.map(\.accuracy.count) == [50, 50, 50])
  }

  @Test("people agree with each other, and the model with them, as counted by hand")
  func annotators() throws {
    var rows = Self.rows(40)
    #expect(try Self.evaluation(rows).run(by: Self.scorer()).annotators == nil)
    // Four rows in turn: of one mind (1), two of three (1/3), one alone (left out), even (0).
    let votes = [(3, 0), (2, 1), (1, 0), (1, 1)].map { PairVotes(chosen: $0, rejected: $1) }
    for place in rows.indices { rows[place].votes = votes[place % 4] }
    let result = try Self.evaluation(rows).run(by: Self.scorer(quality: 2))
    let people = try #require(result.annotators)
    #expect(abs(people.eachOther.value - (1 + 1.0 / 3 + 0) / 3) < 1e-12)
    // The model always prefers the chosen one: shares of 1, 2/3 and 1/2.
    #expect(abs(people.model.value - (1 + 2.0 / 3 + 0.5) / 3) < 1e-12)
    #expect(people.eachOther.count == 30 && people.model.count == 30)
    #expect(people.eachOther.lower < people.eachOther.value)
    #expect(people.eachOther.upper > people.eachOther.value)
    // The same by the measure for any number of annotators.
    let ratings = votes.enumerated().flatMap { item, votes in
      (0..<(votes.chosen + votes.rejected)).map {
        Rating(
          item: "\(item)", annotator: "\($0)", value: $0 < votes.chosen ? "chosen" : "rejected")
      }
    }
    let percent = try #require(PercentAgreement(Ratings(categories: ratings)).value)
    #expect(abs(people.eachOther.value - percent) < 1e-12)
    let wrong = try Self.evaluation(rows).run(by: Self.scorer(quality: -2))
    #expect(abs((wrong.annotators?.model.value ?? 0) - (0 + 1.0 / 3 + 0.5) / 3) < 1e-12)
    let page = RewardEvaluationPage(result).page(footer: "").rendered()
    #expect(page.contains("People’s agreement with each other"))
  }

  @Test("a model that says the same of everything is wrong everywhere, and nothing is NaN")
  func constantModel() throws {
    let result = try Self.evaluation(Self.rows(40)).run(by: ScriptedScorer { _, _ in [1] })
    #expect(result.accuracy.accuracy.value == 0 && result.accuracy.ties == 40)
    #expect(result.accuracy.withTieCredit == 0.5)
    #expect(result.scores.deviation == nil && result.length.correlations.pearson == nil)
    #expect(result.probes.allSatisfy { $0.winRate.value == 0.5 && !$0.isFlagged })
    #expect(result.calibration?.scaling == nil && result.calibration?.scalingNote != nil)
    #expect(try RewardEvaluationResult(decoding: result.encoded()) == result)
    let page = RewardEvaluationPage(result).page(footer: "").rendered()
    #expect(!page.contains("nan") && !page.contains("NaN"))
  }

  @Test("a model that pays for words is flagged for length, and the correction lifts the flag")
  func lengthBias() throws {
    let result = try Self.evaluation(Self.rows(160)).run(by: Self.scorer(perWord: 0.3))
    let probe = try #require(result.probes.first { $0.name.hasPrefix("length") })
    #expect(probe.isFlagged && probe.winRate.value > 0.95)
    // About fifteen words at 0.3 each.
    #expect(probe.meanShift > 3 && probe.meanShiftLower > 2.5)
    let correction = try #require(result.correction)
    let error = try #require(correction.standardError)
    #expect(error < 0.03 && abs(correction.correction.slope - 0.3) < 3 * error)
    #expect(abs(try #require(correction.after.withinPrompt)) < 0.2)
    #expect(try #require(correction.before.withinPrompt) > 0.5)
    let after = try #require(correction.probes.first { $0.name.hasPrefix("length") })
    // Padding is of fewer than twenty words.
    #expect(abs(after.meanShift) < 3 * error * 20)
    #expect(
      try #require(correction.accuracyAfter).value > #require(correction.accuracyBefore).value)

    let fair = try Self.evaluation(Self.rows(160)).run(by: Self.scorer())
    #expect(!fair.probes.contains { $0.isFlagged })
  }

  @Test("a stored correction is taken back before another is fitted, and counts everywhere else")
  func storedCorrection() throws {
    let stored = RewardModelRecord.LengthCorrection(slope: 0.3, origin: 5)
    var scorer = Self.scorer(perWord: 0.3)
    scorer.storedCorrection = stored
    let result = try Self.evaluation(Self.rows(160)).run(by: scorer)
    #expect(result.storedCorrection == stored)
    #expect(!(try #require(result.probes.first { $0.name.hasPrefix("length") })).isFlagged)
    let correction = try #require(result.correction)
    let plain = try Self.evaluation(Self.rows(160)).run(by: Self.scorer(perWord: 0.3))
    let fitted = try #require(plain.correction)
    #expect(abs(correction.correction.slope - fitted.correction.slope) < 1e-9)
    // Probes with the new correction are the same, whatever the model stores.
    for (one, other) in zip(correction.probes, fitted.probes) {
      #expect(abs(one.meanShift - other.meanShift) < 1e-9)
    }
  }

  @Test("a model that agrees with the user is flagged for belief and agreement")
  func sycophancy() throws {
    let scorer = ScriptedScorer { prompt, completion in
      let base = Self.scorer().score(prompt, completion)[0]
      let first = completion.split(separator: ".").first.map(String.init) ?? ""
      let agrees =
        prompt.contains(first.trimmingPrefix(" ")) || completion.contains("are right")
        || completion.contains("absolutely right") || completion.contains("agree with you")
      return [base + (agrees ? 2 : 0)]
    }
    let result = try Self.evaluation(Self.rows(100)).run(by: scorer)
    let flagged = result.probes.filter(\.isFlagged).map(\.name)
    #expect(flagged.contains(BiasProbe.agreement.title) && flagged.contains(BiasProbe.belief.title))
    #expect(!flagged.contains(BiasProbe.flattery.title))
  }

  @Test("ties and several comparisons of a prompt: rankings")
  func rankings() throws {
    let row = JudgedCompletions(
      prompt: "p", completions: [" a a a", " b b", " c", " d d"], ranks: [1, 2, 3, 2],
      source: SourceLocation(file: "r.jsonl", line: 1))
    var evaluation = Self.evaluation([row, row])
    evaluation.probes = .none
    let result = try evaluation.run(
      by: ScriptedScorer { _, completion in [Double(ScriptedScorer.words(completion))] })
    // Of six pairs one is tied by its judge: 5 comparisons a ranking, all right.
    #expect(result.rows.comparisons == 10 && result.rows.rankings == 2 && result.rows.prompts == 1)
    #expect(result.accuracy.accuracy.value == 1)
    #expect(result.accuracy.interval == .bootstrapOverPrompts)
    // (5 concordant)/6 pairs by τ-a; τ-b is 1, the tie being in both.
    let rankings = try #require(result.rankings)
    #expect(abs(rankings.tauA - 5.0 / 6) < 1e-12)
    #expect(abs(try #require(rankings.tauB) - 1) < 1e-12)
    #expect(result.probes.isEmpty)
  }

  @Test("ensembles: members alone and together, and their variance out of distribution")
  func ensemble() throws {
    let rows = Self.rows(120)
    var evaluation = Self.evaluation(rows.suffix(60))
    // The reference is what the members agree on.
    let usual = rows.prefix(60).map { row in
      JudgedCompletions(
        prompt: row.prompt, completions: row.completions.map { $0 + " usual usual usual." },
        ranks: row.ranks, source: row.source)
    }
    evaluation.reference = .init(files: ["train.jsonl"], content: JudgedData(rows: usual))
    let scorer = ScriptedScorer { prompt, completion in
      let base = Self.scorer(quality: 2).score(prompt, completion)[0]
      let spread = completion.contains("usual") ? 0.01 : 1
      return [base - spread, base, base + spread]
    }
    let result = try evaluation.run(by: scorer)
    let ensemble = try #require(result.ensemble)
    #expect(ensemble.members == 3 && ensemble.accuracies.count == 7)
    #expect(abs(ensemble.meanVariance - 2.0 / 3) < 1e-12)
    let distribution = try #require(result.distribution)
    #expect(distribution.fittedOn + distribution.heldOut == 60 && distribution.evaluated == 60)
    #expect(try #require(distribution.variance).separation == 1)
    #expect(distribution.distance.separation > 0.6)
    #expect(abs(distribution.distance.evaluatedShares.reduce(0, +) - 1) < 1e-12)
  }

  @Test("rows that are too long are left out and counted; none left, or too few, is an error")
  func tooLong() throws {
    let rows = Self.rows(20)
    let evaluation = Self.evaluation(rows)
    let result = try evaluation.run(
      by: ScriptedScorer(maxLength: 25) { _, text in [Double(text.count)] })
    let dropped = result.rows.dropped.values.reduce(0, +)
    #expect(dropped > 0 && dropped + result.rows.scored == 20)
    let error = #expect(throws: PipelineError.self) {
      try evaluation.run(by: ScriptedScorer(maxLength: 1) { _, _ in [0] })
    }
    #expect(
      error?.description == "all 20 rows have more than 1 tokens; give a larger --max-length")
    var few = evaluation
    few.reference = .init(files: ["a"], content: JudgedData(rows: Array(rows.prefix(9))))
    #expect(throws: PipelineError.fewReferences(rows: 9, needed: 10)) {
      try few.run(by: Self.scorer())
    }
  }

  @Test("a score that is no number names its row")
  func notANumber() throws {
    let error = #expect(throws: PipelineError.self) {
      try Self.evaluation(Self.rows(3)).run(
        by: ScriptedScorer { prompt, _ in [prompt.contains("is 1.") ? .nan : 0] })
    }
    #expect(error?.description.hasPrefix("pairs.jsonl:2: the model's score is NaN") ?? false)
  }

  @Test("the same seed gives the same result; progress may stop it")
  func determinism() throws {
    let evaluation = Self.evaluation(Self.rows(60))
    let first = try evaluation.run(by: Self.scorer(perWord: 0.1))
    #expect(try evaluation.run(by: Self.scorer(perWord: 0.1)) == first)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try evaluation.run(by: Self.scorer()) { if $0.activity == "probing" { throw Stop() } }
    }
  }

  @Test("the page shows what there is, and what there is not leaves no empty section")
  func page() throws {
    var evaluation = Self.evaluation(Self.rows(80))
    let result = try evaluation.run(by: Self.scorer(perWord: 0.3))
    let page = RewardEvaluationPage(result).page(footer: "foot")
    #expect(
      page.sections.map(\.title) == [
        "Accuracy", "Where it is right", "Calibration", "Margins", "Length", "Bias probes", "Data",
      ])
    #expect(page.rendered().contains("length: padding at the end"))
    evaluation.probes = .none
    let plain = RewardEvaluationPage(try evaluation.run(by: Self.scorer())).page(footer: "foot")
    #expect(!plain.sections.map(\.title).contains("Bias probes"))
  }
}
