#if LibTorch
  import Foundation
  import Testing

  @Suite("attune studio")
  struct StudioCommandTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    @Test(
      "wrong usage is a sentence",
      arguments: [
        (["--port", "70000"], "'--port' is 70000, but must be from 0 to 65535."),
        (["--seed", "1000000"], "'--seed' is 1000000, but must be below 1000000."),
        (["--runs", "nowhere"], "'--runs' names 'nowhere', but there is no such folder."),
        (
          ["--host", "0.0.0.0"],
          "'--host' is '0.0.0.0', which other machines may reach, but the studio has no password; choose "
            + "127.0.0.1, ::1 or localhost, and reach it from elsewhere through a tunnel (ssh -L)."
        ),
      ])
    func usage(arguments: [String], sentence: String) throws {
      let run = try Invocation(["studio"] + arguments, in: folder)
      #expect(run.status == 64)
      #expect(run.error.contains(sentence))
    }

    @Test("what lies in a directory is left alone, and a studio belongs to one seed")
    func directories() throws {
      for name in ["work", "s"] {
        try FileManager.default.createDirectory(
          at: folder.url.appending(path: name), withIntermediateDirectories: true)
      }
      try folder.write("mine", to: "work/notes.txt")
      try folder.write("{\"seed\": 3}\n", to: "s/studio.json")
      let occupied = try Invocation(["studio", "--out", "work"], in: folder)
      #expect(occupied.status == 64)
      #expect(
        occupied.error.contains(
          "attune: error: work: the directory holds something that is no studio; choose another --out"
        ))
      let other = try Invocation(["studio", "--out", "s"], in: folder)
      #expect(other.status == 64)
      #expect(
        other.error.contains(
          "s: holds a studio whose model was made with --seed 3; repeat it, or choose another --out"
        ))
      #expect(try folder.text("work/notes.txt") == "mine")
    }
  }
#endif
