import RunRecords
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Folders that appear whole")
struct FolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("files in a staging folder appear together, config.json last")
  func staging() throws {
    let staging = try StagingFolder(inside: folder.path)
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
      try Data(name.utf8).write(to: URL(filePath: "\(staging.path)/\(name)"))
    }
    #expect(try staging.names() == ["model.safetensors", "tokenizer.json", "config.json"])
    #expect(try folder.names().filter { !$0.hasPrefix(".") } == [])
    try staging.commit()
    #expect(try folder.names() == ["config.json", "model.safetensors", "tokenizer.json"])
  }

  @Test("a dropped staging folder leaves nothing")
  func stagingDropped() throws {
    do {
      let staging = try StagingFolder(inside: folder.path)
      try Data("x".utf8).write(to: URL(filePath: "\(staging.path)/config.json"))
    }
    #expect(try folder.names() == [])
  }

  @Test("a new folder appears with its files, and the folders above it with it")
  func newFolder() throws {
    let new = try NewFolder(at: folder.path("models/nano/"))
    try Data("x".utf8).write(to: URL(filePath: "\(new.path)/config.json"))
    #expect(try folder.names(in: "models").filter { !$0.hasPrefix(".") } == [])
    try new.commit()
    #expect(try folder.names(in: "models") == ["nano"])
    #expect(try folder.names(in: "models/nano") == ["config.json"])
  }

  @Test("a dropped new folder leaves nothing, nor the folders above it")
  func newFolderDropped() throws {
    do {
      let new = try NewFolder(at: folder.path("models/nano"))
      try Data("x".utf8).write(to: URL(filePath: "\(new.path)/config.json"))
    }
    #expect(try folder.names() == [])
  }

  @Test("an empty folder is taken; one with files and a file are refused")
  func newFolderInTheWay() throws {
    for name in ["empty", "full"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name), withIntermediateDirectories: false)
    }
    try folder.write("mine", to: "full/notes.md")
    try NewFolder.check(folder.path("empty"))
    try NewFolder(at: folder.path("empty")).commit()
    let error = #expect(throws: RunRecordError.self) { try NewFolder.check(folder.path("full")) }
    #expect(
      error?.description
        == "\(folder.path("full")): the directory is not empty; choose another --out")
    #expect(throws: RunRecordError.notADirectory(path: folder.path("full/notes.md"))) {
      try NewFolder.check(folder.path("full/notes.md/model"))
    }
  }
}
