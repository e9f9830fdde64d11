import Foundation
import Studio
import Testing

@Suite("Runs and reports in folders")
struct RunCatalogTests {
  /// A folder for as long as `body` runs.
  static func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "attune-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  /// A finished run of six steps, as its directory holds it.
  static func writeRun(at folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(
      """
      {"attune": "0.1.0", "command": ["attune", "reward"], "data": [], "droppedRows": {}, "files": [],
       "finishedSteps": 6, "method": "reward", "rows": 48, "seed": 1, "startedAt": "2026-01-02T03:04:05Z"}
      """.utf8
    ).write(to: URL(filePath: "\(folder)/run.json"))
    try Data("{\"step\":3,\"loss\":0.75}\n{\"step\":6,\"loss\":0.5}\n".utf8)
      .write(to: URL(filePath: "\(folder)/metrics.jsonl"))
  }

  static func writeReport(at folder: String, _ html: String = "<p>hello</p>") throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(html.utf8).write(to: URL(filePath: "\(folder)/report.html"))
  }

  @Test("runs and reports are found below folders, and folders themselves")
  func found() async throws {
    try await Self.withFolder { folder in
      try Self.writeRun(at: "\(folder)/one/b/c")
      try Self.writeReport(at: "\(folder)/one/b/c")
      try Self.writeReport(at: "\(folder)/one/a")
      try Self.writeRun(at: "\(folder)/two")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/one/empty", withIntermediateDirectories: true)
      let catalog = RunCatalog(roots: ["\(folder)/one", "\(folder)/two", "\(folder)/none"])
      let entries = catalog.entries
      #expect(entries.map(\.root) == [0, 0, 1])
      #expect(entries.map(\.name) == ["a", "b/c", ""])
      #expect(entries.map(\.isRun) == [false, true, true])
      #expect(entries.map(\.hasReport) == [true, true, false])
      #expect(catalog.entry(root: 0, name: "b/c")?.path == "\(folder)/one/b/c")
    }
  }

  @Test("no name leads outside, and no link does")
  func outside() async throws {
    try await Self.withFolder { folder in
      try Self.writeRun(at: "\(folder)/secret")
      try Self.writeReport(at: "\(folder)/secret")
      try Self.writeRun(at: "\(folder)/shown/run")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/shown/link", withDestinationPath: "\(folder)/secret")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/shown/page", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/shown/page/report.html",
        withDestinationPath: "\(folder)/secret/report.html")
      let catalog = RunCatalog(roots: ["\(folder)/shown"])
      #expect(catalog.entries.map(\.name) == ["run"])
      for name in [
        "../secret", "run/../../secret", "link", "page", "/", "\(folder)/secret", "./run", "run/",
        "",
      ] {
        #expect(catalog.entry(root: 0, name: name) == nil, "\(name)")
      }
      #expect(catalog.entry(root: 1, name: "run") == nil)
      #expect(catalog.entry(root: -1, name: "run") == nil)
    }
  }

  @Test("hidden folders are left out, and so is what lies too deep")
  func depth() async throws {
    try await Self.withFolder { folder in
      try Self.writeRun(at: "\(folder)/.hidden/run")
      try Self.writeRun(at: "\(folder)/1/2/3/4")
      try Self.writeRun(at: "\(folder)/1/2/3/4/5")
      #expect(RunCatalog(roots: [folder]).entries.map(\.name) == ["1/2/3/4"])
    }
  }
}
