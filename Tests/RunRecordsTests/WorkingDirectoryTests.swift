import RunRecords
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Working directory")
struct WorkingDirectoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("a missing directory is made, with those above it, and may be used")
  func missing() throws {
    let path = "\(folder.path)/a/b"
    #expect(try WorkingDirectory.open(path, knownBy: "record.json"))
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(try WorkingDirectory.open(path, knownBy: "record.json"))
  }

  @Test(
    "what holds something else is left alone; a record makes it one's own, and hidden files do not count"
  )
  func occupied() throws {
    let path = folder.path
    try Data().write(to: URL(fileURLWithPath: "\(path)/.record.json.tmp"))
    #expect(try WorkingDirectory.open(path, knownBy: "record.json"))
    try Data().write(to: URL(fileURLWithPath: "\(path)/notes.txt"))
    #expect(try !WorkingDirectory.open(path, knownBy: "record.json"))
    try Data().write(to: URL(fileURLWithPath: "\(path)/record.json"))
    #expect(try WorkingDirectory.open(path, knownBy: "record.json"))
  }

  @Test("a file in its place, or above it, is an error that says so")
  func files() throws {
    let file = "\(folder.path)/file"
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(throws: RunRecordError.notADirectory(path: file)) {
      try WorkingDirectory.open(file, knownBy: "record.json")
    }
    #expect(throws: RunRecordError.self) {
      try WorkingDirectory.open("\(file)/below", knownBy: "record.json")
    }
  }

  @Test("what is removed is gone with all in it, and so is what a killed process has left of it")
  func removal() throws {
    func write(_ names: String...) throws {
      for name in names {
        let file = URL(fileURLWithPath: "\(folder.path)/\(name)")
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: file)
      }
    }
    try write("stage/run/run.json", ".stage.attune-17-a/run.json", ".mine", "page.html")
    try WorkingDirectory.remove("\(folder.path)/stage")
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
        == [".stage.attune-17-a", ".mine", "page.html"])
    try WorkingDirectory.removeLeftovers(in: folder.path)
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
        == [".mine", "page.html"])
    #expect(
      throws: RunRecordError.system(
        operation: "remove", path: "\(folder.path)/absent", reason: "No such file or directory")
    ) {
      try WorkingDirectory.remove("\(folder.path)/absent")
    }
  }

  @Test("a lock is held by one at a time, ends with its value and leaves no file")
  func lock() throws {
    func takeTwice() throws {
      let lock = try DirectoryLock(folder.path)
      #expect(throws: RunRecordError.inUse(path: folder.path)) {
        _ = try DirectoryLock(folder.path)
      }
      withExtendedLifetime(lock) {}
    }
    try takeTwice()
    try takeTwice()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
