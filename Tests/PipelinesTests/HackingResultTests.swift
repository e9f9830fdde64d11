import Evaluations
import Foundation
import Pipelines
import Reports
import Testing

@Suite("Reward hacking of a run")
struct HackingResultTests {
  /// Gold along a curve, with a proxy that rises; one evaluation each 10 steps.
  private static func run(
    _ curve: GoldCurve, distances: [Double], recordsKL: (Int) -> Bool = { _ in true }
  ) -> WatchedRun {
    WatchedRun(
      source: "runs/one",
      evaluations: distances.enumerated().map { row, distance in
        HackingObservation(
          step: 10 * row, proxy: 1 + 0.8 * distance, gold: curve.gold(at: distance),
          length: 20 + 10 * distance,
          divergence: recordsKL(row) ? distance * distance : nil)
      })
  }

  private static let distances = (0..<16).map { Double($0) * 0.4 }

  @Test(
    "the peaks of the curves that were read from the paper's figures",
    arguments: [
      (GoldCurve(.bestOfN, alpha: 0.490, beta: 0.120), 2.041667, 4.168, 0.500208),
      (GoldCurve(.reinforcement, alpha: 0.35, beta: 0.154), 3.570577, 12.75, 0.549869),
    ])
  func peaks(curve: GoldCurve, distance: Double, kl: Double, gold: Double) throws {
    let result = try HackingResult(Self.run(curve, distances: Self.distances))
    let fitted = try #require(result.curves.first)
    #expect(fitted.form == curve.form && result.curves.count == 2)
    #expect(abs(fitted.alpha - curve.alpha) < 1e-9 && abs(fitted.beta - curve.beta) < 1e-9)
    #expect(abs(try #require(fitted.rSquared) - 1) < 1e-9)
    let peak = try #require(fitted.peak)
    #expect(abs(peak.distance - distance) < 1e-6 && abs(peak.gold - gold) < 1e-6)
    #expect(abs(peak.kl - kl) < 0.01 && peak.isReached)
    #expect(result.verdict == .hacked)
    #expect(result.reasons.first?.sentence.hasPrefix("After its best around step ") == true)
    #expect(result.reasons.map(\.verdict) == result.reasons.map(\.verdict).sorted(by: >))
    // The best evaluation and the parting are the ones next to the peak.
    let parting = try #require(result.parting)
    #expect(abs(Double(result.best.step) / 10 * 0.4 - distance) <= 0.4)
    #expect(abs(parting.step - result.best.step) <= 10)
    // Twice the first length at most is 1.5 times 20 from a distance of 1 on: from row 3.
    let warning = try #require(result.warnings.first)
    #expect(warning.rule == .length && warning.step == 30 && warning.holdsAtEnd)
    #expect(result.notes.isEmpty)
  }

  @Test("a peak that was not reached is no news, and one beyond all numbers is none")
  func unreached() throws {
    let rising = GoldCurve(.reinforcement, alpha: 0.35, beta: 0.05)
    let result = try HackingResult(Self.run(rising, distances: Self.distances))
    #expect(result.verdict == .healthy)
    #expect(result.curves[0].peak?.isReached == false)
    let straight = GoldCurve(.reinforcement, alpha: 1, beta: 0.0015)
    let linear = try HackingResult(Self.run(straight, distances: Self.distances))
    // e^{666}, whose square is no number.
    #expect(linear.curves.allSatisfy { $0.peak?.kl.isFinite ?? true })
    _ = try JSONEncoder().encode(linear)
  }

  @Test("without KL, or with some of it, there is no curve, and the reason is said")
  func withoutDivergence() throws {
    let curve = GoldCurve(.bestOfN, alpha: 0.4, beta: 0.02)
    let none = try HackingResult(
      Self.run(curve, distances: Self.distances, recordsKL: { _ in false }))
    #expect(none.curves.isEmpty)
    #expect(none.notes == ["KL was not recorded, so that no curve of gold over √KL was fitted"])
    let some = try HackingResult(
      Self.run(curve, distances: Self.distances, recordsKL: { $0 > 9 }))
    #expect(
      some.notes == [
        "KL was recorded in 6 of 16 evaluations, so that no curve of gold over √KL was fitted"
      ])
    let alike = try HackingResult(
      Self.run(curve, distances: [Double](repeating: 2, count: 8)))
    #expect(alike.curves.isEmpty)
    #expect(alike.notes.first?.hasPrefix("the distances from the reference are too few or") == true)
  }

  @Test("two evaluations are too few, three are undecided, five may be judged")
  func few() throws {
    let curve = GoldCurve(.bestOfN, alpha: 0.4, beta: 0.02)
    func run(_ count: Int) -> WatchedRun {
      Self.run(curve, distances: Array(Self.distances.prefix(count)))
    }
    let error = #expect(throws: PipelineError.self) { try HackingResult(run(2)) }
    #expect(
      error?.description
        == "runs/one: has 2 evaluations with proxy and gold, and 3 are needed to compare them; "
        + "evaluate more often, or wait until there are more")
    #expect(try HackingResult(run(3)).verdict == .undecided)
    #expect(try HackingResult(run(5)).verdict == .healthy)
  }

  @Test("a warning that comes and goes")
  func passing() throws {
    let lengths = [10.0, 16, 12, 17, 18]
    let result = try HackingResult(
      WatchedRun(
        source: "a",
        evaluations: lengths.enumerated().map {
          HackingObservation(step: $0, proxy: Double($0), gold: Double($0), length: $1)
        }))
    #expect(result.warnings.map(\.step) == [1, 3])
    #expect(result.warnings.map(\.holdsAtEnd) == [false, true])
  }

  @Test("JSON holds what was said, with KL under that name")
  func json() throws {
    let curve = GoldCurve(.bestOfN, alpha: 0.4, beta: 0.1)
    let result = try HackingResult(Self.run(curve, distances: Self.distances))
    let data = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(HackingResult.self, from: data) == result)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let rows = try #require(object["evaluations"] as? [[String: Any]])
    #expect(abs(try #require(rows[1]["kl"] as? Double) - 0.16) < 1e-12)
  }

  @Test("the page shows what there is, and what there is not leaves no empty section")
  func page() throws {
    let curve = GoldCurve(.reinforcement, alpha: 0.35, beta: 0.154)
    let run = Self.run(curve, distances: Self.distances)
    let page = HackingPage(try HackingResult(run)).page(footer: "foot")
    #expect(
      page.sections.map(\.title) == [
        "Gold and proxy", "The distance from the reference", "Signs along the way", "Data",
      ])
    let text = page.rendered()
    for words in [
      "Reward hacking",
      "0 + d·(0.350 − 0.154·ln d), R² 1.00. Peak: √KL = 3.57, 12.7 nats: gold 0.550",
      "fitted, reinforcement", "still so", "class=\"reference\"",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    let plain = WatchedRun(
      source: "<a>",
      evaluations: (0..<4).map {
        HackingObservation(step: $0, proxy: Double($0), gold: Double($0))
      })
    let bare = HackingPage(try HackingResult(plain)).page(footer: "foot")
    #expect(bare.sections.map(\.title) == ["Gold and proxy", "Data"])
    #expect(bare.rendered().contains("&lt;a&gt;") && !bare.rendered().contains("<a>"))
    let flat = WatchedRun(
      source: "a", evaluations: (0..<4).map { HackingObservation(step: $0, proxy: 1, gold: 1) })
    #expect(HackingPage(try HackingResult(flat)).page(footer: "f").rendered().contains("undecided"))
  }
}
