import RunRecords
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Atomic file")
struct AtomicFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("a committed file has its name and all its bytes, and nothing else is left")
  func commit() throws {
    let line = String(repeating: "x", count: 999) + "\n"
    var file = try AtomicFile(path: folder.path("scores.jsonl"))
    for _ in 0..<200 { try file.write(line) }  // more than the buffer holds
    #expect(try !folder.names().contains("scores.jsonl"))
    try file.commit()
    #expect(try folder.names() == ["scores.jsonl"])
    #expect(try folder.text("scores.jsonl") == String(repeating: line, count: 200))
  }

  @Test("a dropped file leaves the older one as it was")
  func drop() throws {
    try folder.write("old", to: "a")
    do {
      var file = try AtomicFile(path: folder.path("a"))
      try file.write("new")
    }
    #expect(try folder.names() == ["a"])
    #expect(try folder.text("a") == "old")
  }

  @Test("a commit replaces the older file")
  func replace() throws {
    try folder.write("a longer old text", to: "a")
    var file = try AtomicFile(path: folder.path("a"))
    try file.write("new")
    try file.commit()
    #expect(try folder.text("a") == "new")
  }

  @Test("a link stays a link, and the file behind it is replaced")
  func link() throws {
    try folder.write("old", to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("target"))
    var file = try AtomicFile(path: folder.path("link"))
    try file.write("new")
    try file.commit()
    #expect(try folder.text("target") == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link"))
        == folder.path("target"))
  }

  @Test("devices and folders are left alone")
  func notRegular() throws {
    #expect(throws: RunRecordError.notARegularFile(path: "/dev/null")) {
      _ = try AtomicFile(path: "/dev/null")
    }
    let error = #expect(throws: RunRecordError.self) { _ = try AtomicFile(path: folder.path) }
    #expect(
      error?.description
        == "\(folder.path): is not a regular file and is left alone; choose another file name")
  }

  @Test("a missing folder is named by the file that was asked for")
  func missingFolder() throws {
    let path = folder.path("missing/a.jsonl")
    let error = #expect(throws: RunRecordError.self) { _ = try AtomicFile(path: path) }
    #expect(
      error?.description
        == "\(path): cannot create the file: No such file or directory; "
        + "check the path, its permissions and free space")
  }
}
