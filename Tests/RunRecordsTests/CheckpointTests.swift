import RunRecords
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Checkpoints")
struct CheckpointTests {
  private struct Broken: Error {}

  private let folder: TemporaryFolder
  private let manifest = RunManifest(
    attune: "0.1.0", command: ["attune", "dpo"], startedAt: Date(timeIntervalSince1970: 0),
    seed: 42, data: [], rows: 90, droppedRows: [:])

  init() throws { folder = try TemporaryFolder() }

  private func newRun() throws -> RunDirectory {
    try RunDirectory(at: RunDestination(path: folder.path("run")), manifest: manifest)
  }

  private func reopened() throws -> RunDirectory {
    try RunDirectory(resuming: RunDestination(path: folder.path("run"), existing: .resume))
  }

  @discardableResult
  private func save(_ step: Int, in run: RunDirectory, keeping limit: Int = 2) throws -> Checkpoint
  {
    try run.saveCheckpoint(step: step, keeping: limit) { folder in
      try Data("weights of step \(step)".utf8).write(to: URL(filePath: "\(folder)/weights"))
      try Data(repeating: 7, count: 1_000_001).write(to: URL(filePath: "\(folder)/moments"))
    }
  }

  @Test("a checkpoint holds its files, and the last one is found again")
  func saved() throws {
    let run = try newRun()
    try save(9, in: run)
    let last = try save(10, in: run)
    #expect(last.path == folder.path("run/checkpoints/step-10"))
    #expect(
      try folder.names(in: "run/checkpoints/step-10") == ["checkpoint.json", "moments", "weights"])
    #expect(try run.lastCheckpoint().whole == last)
    #expect(try RunManifest(ofRunAt: run.path).files == ["checkpoints"])
  }

  @Test("a run without checkpoints has no last one")
  func none() throws {
    let found = try newRun().lastCheckpoint()
    #expect(found.whole == nil)
    #expect(found.damaged == [])
  }

  @Test("only as many are kept as were asked for, the latest ones by number")
  func limit() throws {
    let run = try newRun()
    for step in [8, 9, 10, 100] { try save(step, in: run, keeping: 3) }
    #expect(try folder.names(in: "run/checkpoints").sorted() == ["step-10", "step-100", "step-9"])
    try save(101, in: run, keeping: 1)
    #expect(try folder.names(in: "run/checkpoints") == ["step-101"])
  }

  @Test("one that fails half way leaves nothing, and the earlier ones as they were")
  func failure() throws {
    let run = try newRun()
    let earlier = try save(1, in: run)
    #expect(throws: Broken.self) {
      _ = try run.saveCheckpoint(step: 2, keeping: 1) { folder in
        try Data("half".utf8).write(to: URL(filePath: "\(folder)/weights"))
        throw Broken()
      }
    }
    #expect(try folder.names(in: "run/checkpoints") == ["step-1"])
    #expect(try run.lastCheckpoint().whole == earlier)
  }

  @Test(
    "a damaged one is passed over, and said to be so",
    arguments: [
      ("weights", "the contents of weights have changed", "weights of step 3"),
      ("moments", "moments has 4 bytes instead of 1000001", "gone"),
    ])
  func damaged(name: String, problem: String, contents: String) throws {
    let run = try newRun()
    let earlier = try save(1, in: run)
    try save(2, in: run)
    try folder.write(contents, to: "run/checkpoints/step-2/\(name)")
    let found = try run.lastCheckpoint()
    #expect(found.whole == earlier)
    #expect(found.damaged == ["\(folder.path("run/checkpoints/step-2")): \(problem)"])
  }

  @Test("files that are missing are damage too")
  func missing() throws {
    let run = try newRun()
    try save(1, in: run, keeping: 3)
    try save(2, in: run, keeping: 3)
    try save(3, in: run, keeping: 3)
    let path = folder.path("run/checkpoints")
    try FileManager.default.removeItem(atPath: "\(path)/step-3/checkpoint.json")
    try FileManager.default.removeItem(atPath: "\(path)/step-2/weights")
    let found = try run.lastCheckpoint()
    #expect(found.whole?.step == 1)
    #expect(
      found.damaged == [
        "\(path)/step-3: checkpoint.json cannot be read", "\(path)/step-2: weights cannot be read",
      ])
  }

  @Test("where none is whole, nothing is begun anew by itself")
  func allDamaged() throws {
    let run = try newRun()
    try save(1, in: run)
    try folder.write("{", to: "run/checkpoints/step-1/checkpoint.json")
    let error = #expect(throws: RunRecordError.self) { _ = try run.lastCheckpoint() }
    let path = folder.path("run/checkpoints")
    #expect(
      error?.description
        == "\(path): no checkpoint is whole (\(path)/step-1/checkpoint.json: is not the manifest of "
        + "a checkpoint); put the files back, or start again with --overwrite")
  }

  @Test("resuming removes what a killed process left half written")
  func leftovers() throws {
    do {
      let run = try newRun()
      try save(1, in: run)
    }
    try reopened().write("{}", to: "reward.json", in: "evaluations")
    for name in [
      ".run.json.attune-1-a", "checkpoints/.step-2.attune-1-b",
      "evaluations/.reward.json.attune-1-c",
    ] {
      try FileManager.default.createDirectory(
        atPath: folder.path("run/\(name)"), withIntermediateDirectories: false)
    }
    let run = try reopened()
    #expect(try folder.names(in: "run") == ["checkpoints", "evaluations", "run.json"])
    #expect(try folder.names(in: "run/checkpoints") == ["step-1"])
    #expect(try folder.names(in: "run/evaluations") == ["reward.json"])
    #expect(try run.lastCheckpoint().whole?.step == 1)
  }

  @Test("logs are cut to the checkpoint, and go on in the same files")
  func rewinding() throws {
    let checkpoint: Checkpoint
    do {
      let run = try newRun()
      let metrics = try run.openMetricsLog()
      let events = try run.openTensorBoardEvents(wallTime: 1000)
      for step in 1...3 {
        try metrics.append(MetricsEntry(step: step, values: [.loss: 0.5]))
        try events.append(MetricsEntry(step: step, values: [.loss: 0.5]), wallTime: 1000)
        if step == 2 { try save(2, in: run) }
      }
      checkpoint = try #require(try run.lastCheckpoint().whole)
      try run.rewind(to: checkpoint)
    }
    let run = try reopened()
    try run.openMetricsLog().append(MetricsEntry(step: 3, values: [.loss: 0.25]))
    let names = try folder.names(in: "run").filter { $0.contains("tfevents") }
    let size = try Data(contentsOf: URL(filePath: folder.path("run/\(names[0])"))).count
    try run.openTensorBoardEvents(wallTime: 2000)
      .append(MetricsEntry(step: 3, values: [.loss: 0.25]), wallTime: 2000)
    #expect(try folder.names(in: "run").filter { $0.contains("tfevents") } == names)
    #expect(try Data(contentsOf: URL(filePath: folder.path("run/\(names[0])"))).count > size)
    let entries = try MetricsLog.entries(at: folder.path("run/metrics.jsonl"))
    #expect(entries.map(\.step) == [1, 2, 3])
    #expect(entries.last?.values == [.loss: 0.25])
  }

  @Test("without a checkpoint the logs begin anew")
  func rewindingToTheBeginning() throws {
    let run = try newRun()
    try run.openMetricsLog().append(MetricsEntry(step: 1, values: [:]))
    _ = try run.openTensorBoardEvents(wallTime: 1000)
    try run.rewind(to: nil)
    #expect(try folder.names(in: "run") == ["run.json"])
    try run.rewind(to: nil)
  }

  @Test("a log that has lost lines is not gone on with")
  func shortened() throws {
    let run = try newRun()
    try run.openMetricsLog().append(MetricsEntry(step: 1, values: [:]))
    let checkpoint = try save(1, in: run)
    try folder.write("{}", to: "run/metrics.jsonl")
    let error = #expect(throws: RunRecordError.self) { try run.rewind(to: checkpoint) }
    #expect(
      error?.description
        == "\(folder.path("run/metrics.jsonl")): has 2 bytes, but had 11 when the checkpoint was "
        + "saved; put it back, or start again with --overwrite")
  }

  @Test("a run directory that vanishes is an error of the next checkpoint")
  func vanished() throws {
    let run = try newRun()
    try save(1, in: run)
    _ = try run.openMetricsLog()
    try FileManager.default.removeItem(atPath: folder.path("run"))
    let error = #expect(throws: RunRecordError.self) { try save(2, in: run) }
    #expect(error?.description.hasPrefix("\(folder.path("run"))") == true)
    #expect(try folder.names() == [])
  }

  @Test("somebody else's file among the checkpoints stands in the way of overwriting")
  func foreign() throws {
    do { try save(1, in: try newRun()) }
    try folder.write("mine", to: "run/checkpoints/notes.md")
    let path = folder.path("run")
    let error = #expect(throws: RunRecordError.self) {
      _ = try RunDestination(path: path, existing: .overwrite)
    }
    #expect(error?.description.contains("(checkpoints/notes.md)") == true)
  }

  @Test("overwriting a run takes its checkpoints with it")
  func overwriting() throws {
    do { try save(1, in: try newRun()) }
    let destination = try RunDestination(path: folder.path("run"), existing: .overwrite)
    _ = try RunDirectory(at: destination, manifest: manifest)
    #expect(try folder.names(in: "run") == ["run.json"])
  }

  @Test("resuming starts where there is no run yet, and refuses a folder of other things")
  func destinations() throws {
    let path = folder.path("run")
    #expect(try RunDestination(path: path, existing: .resume).holdsRun == false)
    do { _ = try newRun() }
    #expect(try RunDestination(path: path, existing: .resume).holdsRun)
    #expect(try RunDestination(path: path, existing: .overwrite).holdsRun == false)
    try FileManager.default.removeItem(atPath: "\(path)/run.json")
    try folder.write("mine", to: "run/notes.md")
    let error = #expect(throws: RunRecordError.self) {
      _ = try RunDestination(path: path, existing: .resume)
    }
    #expect(
      error?.description
        == "\(path): holds files but no run (run.json is missing), so there is nothing to resume; "
        + "choose the --out of the run that was interrupted")
  }

  @Test("a run that another process writes is not resumed")
  func inUse() throws {
    let run = try newRun()
    let error = #expect(throws: RunRecordError.self) { _ = try reopened() }
    #expect(error == .inUse(path: run.path))
  }

  @Test("the manifest remembers who went on with the run, and that it was finished")
  func amended() throws {
    let run = try newRun()
    try run.amend { manifest in
      manifest.resumptions = [
        .init(step: 4, command: ["attune"], startedAt: Date(timeIntervalSince1970: 9.5))
      ]
      manifest.finishedSteps = 8
    }
    let read = try RunManifest(ofRunAt: run.path)
    #expect(read == run.manifest)
    #expect(read.resumptions?.first?.startedAt == Date(timeIntervalSince1970: 9))
    #expect(read.finishedSteps == 8)
  }
}
