import Foundation
import PreferenceData
import Testing

/// Real preference data, which is never part of the repository.
struct RealData {
  let harmless: String

  /// nil where the data is not there.
  ///
  /// - Parameter environment: `ATTUNE_DATA` names the folder; without it, `shared/data` beside the
  ///   repository.
  init?(environment: [String: String]) {
    let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      environment["ATTUNE_DATA"]
      ?? repository.deletingLastPathComponent().appendingPathComponent("shared/data").path
    harmless = "\(folder)/hh-harmless-test.jsonl.gz"
    guard FileManager.default.fileExists(atPath: harmless) else { return nil }
  }

  static let present = RealData(environment: ProcessInfo.processInfo.environment)
}

@Suite(
  "Anthropic's harmlessness comparisons",
  .enabled(
    if: RealData.present != nil,
    "the real data is not here: set ATTUNE_DATA to the folder with hh-harmless-test.jsonl.gz"))
struct RealDataTests {
  /// Expected: `scripts/record/hh_split.py`, Python 3.11.
  @Test("Rows, reasons and every byte are as the Python rule has them")
  func harmless() throws {
    let path = try #require(RealData.present?.harmless)
    let data = try RecordReader.preferencePairs.read([path])
    #expect(data.records.count == 2303)
    #expect(data.dropped.reasons == [.promptsDiffer, .emptyCompletion])
    #expect(data.dropped[.promptsDiffer] == 5)
    #expect(data.dropped[.emptyCompletion] == 4)
    #expect(data.records.reduce(0) { $0 + $1.prompt.byteCount } == 1_131_242)
    #expect(data.records.reduce(0) { $0 + $1.chosen.byteCount } == 393_427)
    #expect(data.records.reduce(0) { $0 + $1.rejected.byteCount } == 493_919)
    #expect(throws: DataError.unusable(data.dropped)) {
      try RecordReader.preferencePairs.read([path], strict: true)
    }
  }

  @Test("The report agrees")
  func report() throws {
    let report = try ValidationReport(path: try #require(RealData.present?.harmless))
    #expect(report.kind == .implicitPreference)
    #expect((report.rows, report.usable, report.malformed.count) == (2312, 2303, 0))
    #expect(report.isValid)
  }
}

extension Passage {
  fileprivate var byteCount: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .messages: 0
    }
  }
}
