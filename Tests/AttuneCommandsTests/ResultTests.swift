import Foundation
import Testing

@testable import AttuneCommands

@Suite("Results")
struct ResultTests {
  @Test("a report is one line of JSON, in the order given")
  func report() {
    var inner = JSONReport()
    inner.add("n", 3)
    var report = JSONReport()
    report.add("text", "a \"b\"\n")
    report.add("none", nil as String?)
    report.add("half", 0.5)
    report.add("diverged", Double.nan)
    report.add("inner", inner)
    report.add("list", [inner, inner])
    #expect(
      report.line
        == #"{"text": "a \"b\"\n", "none": null, "half": 0.5, "diverged": null, "#
        + #""inner": {"n": 3}, "list": [{"n": 3}, {"n": 3}]}"#)
  }

  @Test(
    "amounts of memory",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (9_994, "9.99 kB"), (9_996, "10.0 kB"),
      (20_990_872, "21.0 MB"), (999_499_999, "999 MB"), (999_500_000, "1.00 GB"),
      (538_000_000_000, "538 GB"), (7_000_000_000_000_000_000, "7000 PB"),
    ])
  func bytes(count: Int, text: String) { #expect(NumberText.bytes(count) == text) }

  @Test(
    "grouped digits",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (134_515_008, "134,515,008"), (-12_345, "-12,345"),
    ])
  func grouped(number: Int, text: String) { #expect(NumberText.grouped(number) == text) }

  @Test("facts stand in two columns")
  func facts() {
    var facts = FactList()
    facts.add("a", "1")
    facts.add("name", "two words")
    #expect(facts.rendered() == "a     1\nname  two words")
  }

  @Test("ids as JSON are those that a JSON reader reads")
  func ids() throws {
    let ids: [Int32] = [0, 9, 10, 99, 100, 12_345, 999_999_999, .max]
    var bytes: [UInt8] = []
    bytes.appendJSON(ids)
    #expect(try JSONDecoder().decode([Int32].self, from: Data(bytes)) == ids)
    bytes.removeAll()
    bytes.appendJSON([])
    #expect(bytes == Array("[]".utf8))
  }

  @Test("a file of rows appears when it is committed, and not before")
  func rowOutput() throws {
    let folder = try TestFolder()
    let path = folder.url.appending(path: "rows").path
    func write(commit: Bool) throws {
      var output = try RowOutput(path: path)
      let isWanted = output.isWanted
      #expect(isWanted)
      // More than is kept back at a time.
      for row in 0..<100_000 { try output.writeRow { $0 += "row \(row)".utf8 } }
      if commit { try output.commit() }
    }
    try write(commit: false)
    #expect(try folder.names().isEmpty)
    try write(commit: true)
    #expect(try folder.names() == ["rows"])
    let rows = try folder.text("rows").split(separator: "\n")
    #expect(rows.count == 100_000)
    #expect(rows.last == "row 99999")
  }

  @Test("the cache is where the user's caches are")
  func cache() {
    #expect(CacheFolder(environment: ["HOME": "/home/a"]).path == "/home/a/.cache/attune")
    #expect(
      CacheFolder(environment: ["HOME": "/home/a", "XDG_CACHE_HOME": "/c"]).path == "/c/attune")
    // The specification has relative paths ignored.
    #expect(
      CacheFolder(environment: ["HOME": "/home/a", "XDG_CACHE_HOME": "c"]).path
        == "/home/a/.cache/attune")
    #expect((CacheFolder(environment: ["HOME": "/nowhere/at/all"]).freeBytes ?? 0) > 0)
  }
}
