import RunRecords
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("How long a run has worked")
struct RunDurationTests {
  private let folder: TemporaryFolder
  private static let start = 1_795_262_400.0

  init() throws { folder = try TemporaryFolder() }

  /// A run whose steps were logged so many seconds after its start.
  private func run(_ seconds: [Double]) throws -> RunDirectory {
    let run = try RunDirectory(
      at: RunDestination(path: folder.path("run")),
      manifest: RunManifest(
        attune: "0.1.0", command: ["attune", "dpo"],
        startedAt: Date(timeIntervalSince1970: Self.start), seed: 1, data: [], rows: 1,
        droppedRows: [:]))
    let events = try run.openTensorBoardEvents(wallTime: Self.start + 1)
    for (step, second) in seconds.enumerated() {
      try events.append(
        MetricsEntry(step: step, values: [.loss: 0.5, .epoch: 1]), wallTime: Self.start + second)
    }
    return run
  }

  @Test("from the start to the last number; none before the first")
  func whole() throws {
    let run = try run([3, 9.5, 20.25])
    #expect(try run.manifest.duration(ofRunAt: run.path) == 20.25)
    let fresh = RunManifest(
      attune: "0.1.0", command: [], startedAt: Date(timeIntervalSince1970: 0), seed: 1, data: [],
      rows: 1, droppedRows: [:])
    #expect(try fresh.duration(ofRunAt: run.path) == nil)
  }

  @Test("the time between two processes is nobody's, and a process that logged nothing has none")
  func resumed() throws {
    let run = try run([3, 9.5, 1_003, 1_010])
    try run.amend { manifest in
      manifest.resumptions = [500, 1_000].map {
        .init(step: 1, command: [], startedAt: Date(timeIntervalSince1970: Self.start + $0))
      }
    }
    #expect(try run.manifest.duration(ofRunAt: run.path) == 9.5 + 10)
  }

  @Test("a record that is half there is not counted; a run that logs nothing has no duration")
  func cut() throws {
    let run = try run([3, 9.5])
    let name = try #require(run.manifest.files.first { $0.hasPrefix("events") })
    let url = URL(filePath: folder.path("run/\(name)"))
    let bytes = try Data(contentsOf: url)
    try bytes.dropLast(5).write(to: url)
    #expect(try run.manifest.duration(ofRunAt: run.path) == 3)
    try bytes.prefix(40).write(to: url)
    #expect(try run.manifest.duration(ofRunAt: run.path) == nil)
    try FileManager.default.removeItem(at: url)
    #expect(try run.manifest.duration(ofRunAt: run.path) == nil)
  }

  @Test("a page of the run is the run's, whoever has written it")
  func report() throws {
    let path = folder.path("run")
    _ = try run([1])
    try folder.write("<!doctype html>", to: "run/report.html")
    let destination = try RunDestination(path: path, existing: .overwrite)
    _ = try RunDirectory(
      at: destination,
      manifest: RunManifest(
        attune: "0.1.0", command: [], startedAt: Date(timeIntervalSince1970: 0), seed: 1, data: [],
        rows: 1, droppedRows: [:]))
    #expect(try folder.names(in: "run") == ["run.json"])
    try folder.write("mine", to: "run/other.html")
    #expect(throws: RunRecordError.self) { try RunDestination(path: path, existing: .overwrite) }
  }
}
