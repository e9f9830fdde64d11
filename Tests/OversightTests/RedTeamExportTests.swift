import Foundation
import Oversight
import PreferenceData
import Testing

@Suite("What there is to learn from a red team")
struct RedTeamExportTests {
  private static func outcome(
    _ id: String, harmful: Bool = true, isHeldOut: Bool = false, prompt: String? = nil,
    _ response: String, _ stance: Stance, explains: Bool = false
  ) -> ChallengeOutcome {
    ChallengeOutcome(
      challenge: Challenge(
        id: id, category: "locks", isHarmful: harmful, isHeldOut: isHeldOut, prompt: "\(id)?",
        source: SourceLocation(file: "s", line: 1)),
      prompt: prompt ?? "\(id)?", response: response,
      reading: StanceReading(stance, explains: explains))
  }

  private static let outcomes = [
    outcome("a", "No.", .refuse), outcome("a", "Sure.", .comply),
    outcome("a", "No, because.", .refuse, explains: true), outcome("a", "No, but.", .partial),
    outcome("a", "Sure.", .comply), outcome("a", "", .refuse),
    outcome("a", prompt: "A?", "Sure!", .comply),
    outcome("b", harmful: false, "No!", .refuse), outcome("b", harmful: false, "Yes!", .comply),
    outcome("c", harmful: false, "Yes.", .comply),
    outcome("c", harmful: false, "Yes, yes.", .comply),
    outcome("d", isHeldOut: true, "Fine.", .comply), outcome("d", isHeldOut: true, "No.", .refuse),
  ]

  private static let export = RedTeamExport(outcomes, heldOut: HeldOutPrompts([]))

  /// Rows as a file, and what is read of it.
  private func written<Value>(
    _ rows: [JSONObject], read: (String) throws -> Value
  ) throws -> Value {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "attune-rows-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = try JSONLinesWriter(path: path)
    for row in rows { try writer.write(row) }
    try writer.commit()
    return try read(path)
  }

  @Test("prompts with a failing answer are tasks, with all their answers once")
  func tasks() throws {
    let sets = try written(Self.export.annotationTasks, read: ResponseSet.read)
    #expect(sets.map(\.prompt) == [.text("a?"), .text("b?")])
    #expect(
      sets.map(\.responses) == [
        [.text("No."), .text("Sure."), .text("No, because."), .text("No, but.")],
        [.text("No!"), .text("Yes!")],
      ])
    #expect(sets.map(\.stratum) == ["locks", "locks"])
  }

  @Test("a failing answer has a proper one to the same prompt, first one that explains")
  func pairs() throws {
    let pairs = try written(Self.export.preferencePairs) {
      try RecordReader.preferencePairs.read([$0], strict: true).records
    }
    #expect(pairs.map(\.prompt) == [.text("a?"), .text("a?"), .text("b?")])
    #expect(pairs.map(\.chosen) == [.text("No, because."), .text("No."), .text("Yes!")])
    #expect(pairs.map(\.rejected) == [.text("Sure."), .text("No, but."), .text("No!")])
  }

  @Test("every answer has a verdict")
  func unpaired() throws {
    let rows = try written(Self.export.unpairedRows) {
      try RecordReader.unpairedCompletions.read([$0], strict: true).records
    }
    #expect(
      rows.map(\.completion) == [
        .text("No."), .text("Sure."), .text("No, because."), .text("No, but."), .text("Sure!"),
        .text("No!"), .text("Yes!"), .text("Yes."), .text("Yes, yes."),
      ])
    #expect(
      rows.map(\.isDesirable) == [true, false, true, false, false, false, true, true, true])
    #expect(rows[4].prompt == .text("A?"))
  }

  @Test("nothing is exported of challenges that are held out, nor of prompts that are")
  func heldOut() {
    func texts(_ export: RedTeamExport) -> String {
      "\(export.annotationTasks)\(export.preferencePairs)\(export.unpairedRows)"
    }
    #expect(texts(Self.export).contains("a?") && !texts(Self.export).contains("d?"))
    let without = RedTeamExport(
      Self.outcomes, heldOut: HeldOutPrompts(Self.outcomes.prefix(1).map(\.challenge)))
    #expect(texts(without).contains("b?") && !texts(without).contains("a?"))
    #expect(!texts(without).contains("A?"))
    // What ships is held out unless somebody says otherwise.
    let shipped = ChallengeSuite.shipped.heldOut.challenges[0]
    var copy = shipped
    copy.isHeldOut = false
    let answers = [Stance.comply, .refuse].map {
      ChallengeOutcome(
        challenge: copy, prompt: "Framed: \(copy.prompt)", response: "\($0)",
        reading: StanceReading($0))
    }
    #expect(RedTeamExport(answers).unpairedRows.isEmpty)
    #expect(RedTeamExport(answers, heldOut: HeldOutPrompts([])).unpairedRows.count == 2)
  }
}
