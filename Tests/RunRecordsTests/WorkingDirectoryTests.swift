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
}
