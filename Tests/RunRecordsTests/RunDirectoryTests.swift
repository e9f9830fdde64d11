import RunRecords
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Run directory")
struct RunDirectoryTests {
  private struct Broken: Error {}

  private let folder: TemporaryFolder
  private let manifest = RunManifest(
    attune: "0.1.0", command: ["attune", "dpo", "--out", "run"], method: "dpo",
    startedAt: Date(timeIntervalSince1970: 1_795_262_400.75), seed: 42,
    data: [.init(path: "pairs/hh.jsonl.gz", bytes: 1234, sha256: "00ff")], rows: 90,
    droppedRows: ["identical sides": 3])

  init() throws { folder = try TemporaryFolder() }

  @Test("files in a folder belong to the run, and a later one replaces an earlier one")
  func folders() throws {
    let destination = try RunDestination(path: folder.path("run"))
    do {
      let run = try RunDirectory(at: destination, manifest: manifest)
      try run.write("1", to: "a.json", in: "evaluations")
      try run.write("2", to: "b.json", in: "evaluations")
      try run.write("3", to: "a.json", in: "evaluations")
      #expect(run.manifest.files == ["evaluations"])
    }
    let path = folder.path("run/evaluations")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["a.json", "b.json"])
    #expect(FileManager.default.contents(atPath: "\(path)/a.json") == Data("3".utf8))
    let again = try RunDestination(path: folder.path("run"), existing: .overwrite)
    let run = try RunDirectory(at: again, manifest: manifest)
    #expect(run.manifest.files.isEmpty && !FileManager.default.fileExists(atPath: path))
  }

  private func writeFinishedRun(_ name: String) throws {
    let destination = try RunDestination(path: folder.path(name))
    let run = try RunDirectory(at: destination, manifest: manifest)
    try run.write("beta: 0.1\n", to: "attune.yaml")
    try run.openMetricsLog().append(MetricsEntry(step: 1, values: [.loss: 0.5]))
    _ = try run.openTensorBoardEvents(wallTime: 1_795_262_400)
    try run.install { staging in
      for name in ["config.json", "model.safetensors"] {
        try Data(name.utf8).write(to: URL(filePath: "\(staging)/\(name)"))
      }
    }
  }

  @Test("checking a destination makes nothing; starting the run makes the folders above it too")
  func lazily() throws {
    let destination = try RunDestination(path: folder.path("runs/today/first"))
    #expect(try folder.names() == [])
    let run = try RunDirectory(at: destination, manifest: manifest)
    #expect(try folder.names(in: "runs/today/first") == ["run.json"])
    #expect(try RunManifest(ofRunAt: run.path) == manifest)
  }

  @Test("a finished run holds what it says it holds")
  func finished() throws {
    try writeFinishedRun("run")
    let names = try folder.names(in: "run")
    #expect(try RunManifest(ofRunAt: folder.path("run")).files == names.filter { $0 != "run.json" })
    #expect(names.count == 6)
    #expect(names.contains { $0.hasPrefix("events.out.tfevents.1795262400.") })
    #expect(try folder.text("run/attune.yaml") == "beta: 0.1\n")
  }

  @Test("the manifest is a readable, stable document")
  func manifestDocument() throws {
    _ = try RunDirectory(at: RunDestination(path: folder.path("run")), manifest: manifest)
    #expect(
      try folder.text("run/run.json") == """
        {
          "attune" : "0.1.0",
          "command" : [
            "attune",
            "dpo",
            "--out",
            "run"
          ],
          "data" : [
            {
              "bytes" : 1234,
              "path" : "pairs/hh.jsonl.gz",
              "sha256" : "00ff"
            }
          ],
          "droppedRows" : {
            "identical sides" : 3
          },
          "files" : [

          ],
          "method" : "dpo",
          "rows" : 90,
          "seed" : 42,
          "startedAt" : "2026-11-21T12:00:00Z"
        }

        """)
  }

  @Test("an existing run is refused, with both ways out")
  func occupied() throws {
    try writeFinishedRun("run")
    let path = folder.path("run")
    let error = #expect(throws: RunRecordError.self) { _ = try RunDestination(path: path) }
    #expect(
      error?.description
        == "\(path): the directory is not empty; choose another --out, go on with the run in it with "
        + "--resume, or replace it with --overwrite")
  }

  @Test("an empty directory is fine")
  func empty() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("run"), withIntermediateDirectories: false)
    _ = try RunDirectory(at: RunDestination(path: folder.path("run")), manifest: manifest)
    #expect(try folder.names(in: "run") == ["run.json"])
  }

  @Test("overwriting replaces the run, but only once the new one starts")
  func overwrite() throws {
    try writeFinishedRun("run")
    let before = try folder.names(in: "run")
    let destination = try RunDestination(path: folder.path("run"), existing: .overwrite)
    #expect(try folder.names(in: "run") == before)
    _ = try RunDirectory(at: destination, manifest: manifest)
    #expect(try folder.names(in: "run") == ["run.json"])
    #expect(try RunManifest(ofRunAt: folder.path("run")) == manifest)
  }

  @Test("leftovers of a killed process do not stand in the way of overwriting")
  func leftovers() throws {
    try writeFinishedRun("run")
    try folder.write("half", to: "run/.model.safetensors.attune-17-abc")
    let destination = try RunDestination(path: folder.path("run"), existing: .overwrite)
    _ = try RunDirectory(at: destination, manifest: manifest)
    #expect(try folder.names(in: "run") == ["run.json"])
  }

  @Test("files that somebody else put there are never touched")
  func foreign() throws {
    try writeFinishedRun("run")
    for name in ["notes.md", "a", "b", "c"] { try folder.write("mine", to: "run/\(name)") }
    let path = folder.path("run")
    let error = #expect(throws: RunRecordError.self) {
      _ = try RunDestination(path: path, existing: .overwrite)
    }
    #expect(
      error?.description
        == "\(path): holds files that Attune did not write (a, b, c and 1 more), "
        + "so --overwrite leaves it alone; move them away or choose another --out")
    #expect(try folder.text("run/notes.md") == "mine")
  }

  @Test("a model directory that is no run is not overwritten")
  func foreignModel() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("model"), withIntermediateDirectories: false)
    try folder.write("{}", to: "model/config.json")
    let path = folder.path("model")
    #expect(throws: RunRecordError.foreignFiles(path: path, names: ["config.json"])) {
      _ = try RunDestination(path: path, existing: .overwrite)
    }
  }

  @Test("a file that appears after the check is still safe")
  func foreignLater() throws {
    let destination = try RunDestination(path: folder.path("run"))
    try FileManager.default.createDirectory(
      atPath: folder.path("run"), withIntermediateDirectories: false)
    try folder.write("mine", to: "run/notes.md")
    #expect(throws: RunRecordError.occupied(path: folder.path("run"))) {
      _ = try RunDirectory(at: destination, manifest: manifest)
    }
    #expect(try folder.names(in: "run") == ["notes.md"])
  }

  @Test("a run that is read is not overwritten, however its path is written")
  func holdsInput() throws {
    try writeFinishedRun("run")
    let path = folder.path("run")
    for input in [path, "\(path)/", "\(folder.path)/./run/../run", "\(path)/model.safetensors"] {
      #expect(throws: RunRecordError.holdsInput(path: path, input: input)) {
        _ = try RunDestination(path: path, existing: .overwrite, inputs: ["/etc/hosts", input])
      }
    }
    // A neighbour whose name only begins alike is no part of it.
    _ = try RunDestination(path: path, existing: .overwrite, inputs: [folder.path("run2/model")])
    #expect(
      RunRecordError.holdsInput(path: "run", input: "run/pairs.jsonl").description
        == "run: holds run/pairs.jsonl, which this run reads, "
        + "so it cannot be replaced; choose another --out")
  }

  @Test("a run that is being written is not overwritten")
  func inUse() throws {
    let path = folder.path("run")
    let running = try RunDirectory(at: RunDestination(path: path), manifest: manifest)
    let destination = try RunDestination(path: path, existing: .overwrite)
    let error = #expect(throws: RunRecordError.self) {
      _ = try RunDirectory(at: destination, manifest: manifest)
    }
    #expect(
      error?.description
        == "\(path): another process is writing this run; wait for it or choose another --out")
    try running.write("x", to: "attune.yaml")
    #expect(try folder.names(in: "run") == ["attune.yaml", "run.json"])
  }

  @Test("a file in the way is named", arguments: ["file", "file/run", "file/a/b"])
  func fileInTheWay(name: String) throws {
    try folder.write("", to: "file")
    let error = #expect(throws: RunRecordError.self) {
      _ = try RunDestination(path: folder.path(name), existing: .overwrite)
    }
    #expect(
      error?.description
        == "\(folder.path("file")): is a file where a directory is needed; choose another --out")
  }

  @Test("a folder that cannot be written is named, before anything is made")
  func unwritable() throws {
    // /proc takes no new folders, not even from root.
    let error = #expect(throws: RunRecordError.self) {
      let destination = try RunDestination(path: "/proc/runs/first")
      _ = try RunDirectory(at: destination, manifest: manifest)
    }
    let text = try #require(error?.description)
    #expect(text.hasPrefix("/proc"))
    #expect(text.contains(": cannot "))
    #expect(text.hasSuffix("check the path, its permissions and free space"))
  }

  @Test("permissions are respected", .enabled(if: geteuid() != 0))
  func forbidden() throws {
    let locked = folder.path("locked")
    try FileManager.default.createDirectory(atPath: locked, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: locked)
    #expect(
      throws: RunRecordError.system(
        operation: "write in this folder", path: locked, reason: "Permission denied")
    ) { _ = try RunDestination(path: "\(locked)/run") }
  }

  @Test("a model that fails halfway leaves no trace")
  func failedInstall() throws {
    let path = folder.path("run")
    let run = try RunDirectory(at: RunDestination(path: path), manifest: manifest)
    #expect(throws: Broken.self) {
      try run.install { staging in
        try Data("half".utf8).write(to: URL(filePath: "\(staging)/model.safetensors"))
        throw Broken()
      }
    }
    #expect(try folder.names(in: "run") == ["run.json"])
    #expect(try RunManifest(ofRunAt: path).files == [])
  }

  @Test("a broken manifest is named")
  func brokenManifest() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("run"), withIntermediateDirectories: false)
    try folder.write("{\"attune\": 1", to: "run/run.json")
    let error = #expect(throws: RunRecordError.self) {
      _ = try RunDestination(path: folder.path("run"), existing: .overwrite)
    }
    #expect(
      try #require(error?.description).hasPrefix(
        "\(folder.path("run/run.json")):1: is not the manifest of a run: "))
  }
}
