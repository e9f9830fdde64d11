import Foundation
import Pipelines
import Reports
import RunRecords
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Run directories as training writes them, with numbers that tests know.
struct RunFixture {
  let folder: TemporaryFolder

  static let start = Date(timeIntervalSince1970: 1_795_262_400)

  init() throws { folder = try TemporaryFolder() }

  /// Writes a run, and gives back its path.
  func write(
    _ name: String = "run", command: [String] = ["attune", "dpo", "--out", "run"],
    entries: [MetricsEntry] = [], configuration: String = "model: base  # Model.\nbeta: 0.1\n",
    samples: [String] = [], evaluations: [String: String] = [:],
    change: (inout RunManifest) -> Void = { $0.finishedSteps = 60 }
  ) throws -> String {
    let path = "\(folder.path)/\(name)"
    let run = try RunDirectory(
      at: RunDestination(path: path),
      manifest: RunManifest(
        attune: "0.1.0", command: command, method: command[1], startedAt: Self.start, seed: 42,
        data: [
          .init(path: "pairs.jsonl", bytes: 12_345, sha256: String(repeating: "0f", count: 32))
        ],
        rows: 2000, droppedRows: ["tie": 3, "identicalSides": 1]))
    try run.write(configuration, to: "attune.yaml")
    let (log, events) = (
      try run.openMetricsLog(),
      try run.openTensorBoardEvents(wallTime: Self.start.timeIntervalSince1970)
    )
    for (index, entry) in entries.enumerated() {
      try log.append(entry)
      try events.append(
        entry, wallTime: Self.start.timeIntervalSince1970 + 2 * Double(index + 1))
    }
    if !samples.isEmpty { try run.openCompletionsLog().append(samples) }
    if !evaluations.isEmpty {
      try FileManager.default.createDirectory(
        atPath: "\(path)/evaluations", withIntermediateDirectories: true)
      for (name, text) in evaluations {
        try folder.file("\(name)", text, in: "\(path)/evaluations")
      }
    }
    try run.amend(change)
    return path
  }

  /// Entries of steps 1 to a count.
  static func entries(_ count: Int, _ values: (Int) -> [MetricName: Double]) -> [MetricsEntry] {
    count > 0 ? (1...count).map { MetricsEntry(step: $0, values: values($0)) } : []
  }

  /// A row of completions.jsonl.
  static func sample(
    step: Int, prompt: String, completion: String, reward: Double = 1, tokens: Int = 5,
    isCut: Bool = false
  ) throws -> String {
    let row: [String: Any] = [
      "step": step, "prompt": prompt, "completion": completion, "reward": reward,
      "tokens": tokens, "finish_reason": isCut ? "length" : "stop",
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
  }
}

extension TemporaryFolder {
  /// Writes a file into another folder.
  fileprivate func file(_ name: String, _ text: String, in folder: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }
}

/// A page as a parser of XML sees what is in its body.
final class ParsedPage: NSObject, XMLParserDelegate {
  private(set) var elements: [String] = []
  private(set) var ids: [String] = []
  private(set) var text = ""
  /// The words of each section, by its heading.
  private(set) var sections: [(title: String, text: String)] = []
  private var isHeading = false
  private var problem: String?

  /// Parses a page, and expects that it is well-formed, runs nothing, and gives no name twice.
  init(_ page: HTMLPage) throws {
    super.init()
    let text = page.rendered()
    let start = try #require(text.range(of: "<body>")?.lowerBound)
    let end = try #require(text.range(of: "</body>")?.upperBound)
    let parser = XMLParser(data: Data(text[start..<end].utf8))
    parser.delegate = self
    #expect(parser.parse(), "\(problem ?? "")")
    #expect(!elements.contains("script"))
    #expect(Set(ids).count == ids.count)
  }

  /// The words of a section; `nil` where there is no such one.
  func section(_ title: String) -> String? { sections.first { $0.title == title }?.text }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append(name)
    if let id = attributes["id"] { ids.append(id) }
    for attribute in attributes.keys { #expect(!attribute.hasPrefix("on"), "\(attribute)") }
    if name == "section" { sections.append(("", "")) }
    isHeading = name == "h2"
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    isHeading = false
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text += string
    guard !sections.isEmpty else { return }
    if isHeading { sections[sections.count - 1].title += string }
    sections[sections.count - 1].text += string
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    problem = "\(parser.lineNumber):\(parser.columnNumber): \(error)"
  }
}
