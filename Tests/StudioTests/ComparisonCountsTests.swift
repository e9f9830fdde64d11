import Studio
import Testing

@Suite("When reward models learn")
struct ComparisonCountsTests {
  @Test("two to each doubling, from 16 on")
  func milestones() {
    #expect(
      (0...400).filter(ComparisonCounts.isMilestone)
        == [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384])
  }

  @Test("what was passed since is due, and the present")
  func due() {
    #expect(ComparisonCounts.due(after: 0, upTo: 7) == [])
    #expect(ComparisonCounts.due(after: 0, upTo: 8) == [8])
    #expect(ComparisonCounts.due(after: 8, upTo: 8) == [])
    #expect(ComparisonCounts.due(after: 8, upTo: 50) == [16, 24, 32, 48, 50])
    #expect(ComparisonCounts.due(after: 50, upTo: 51) == [51])
  }
}
