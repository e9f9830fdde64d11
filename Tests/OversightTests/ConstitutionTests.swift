import Foundation
import Oversight
import PreferenceData
import Testing

@Suite("Constitutions")
struct ConstitutionTests {
  private static let some = [
    Principle("kind", critique: "What is unkind?", revision: "Be kind.", weight: 3, tags: ["tone"]),
    Principle("true", comparison: "Which is true?", tags: ["honesty"]),
  ]

  @Test("principles are read with what may be left out, and written again")
  func coding() throws {
    let text = """
      {"version": "1", "principles": [{"name": "kind", "critique": "What is unkind?", "revision": "Be kind."}],
       "revision_examples": ["x"]}
      """
    let constitution = try JSONDecoder().decode(Constitution.self, from: Data(text.utf8))
    #expect(
      constitution.principles == [
        Principle("kind", critique: "What is unkind?", revision: "Be kind.")
      ])
    #expect(constitution.revisionExamples == ["x"] && constitution.comparisonExamples.isEmpty)
    let again = try JSONDecoder().decode(
      Constitution.self, from: JSONEncoder().encode(constitution))
    #expect(again == constitution)
  }

  @Test("what is wrong is a sentence with the principle")
  func problems() {
    func message(_ principles: Principle...) -> String? {
      do {
        _ = try Constitution(version: "1", principles: principles)
        return nil
      } catch { return "\(error)" }
    }
    #expect(message() == "the constitution has no principles; give at least one")
    #expect(
      message(Self.some[0], Principle("void"))
        == "principle 2, 'void', asks for nothing; give critique and revision, or comparison, or all three"
    )
    #expect(
      message(Principle("half", critique: "What?"))
        == "principle 1, 'half', has a critique but no revision; give both, or neither")
    #expect(
      message(Principle("half", revision: "So.", comparison: "Which?"))
        == "principle 1, 'half', has a revision but no critique; give both, or neither")
    #expect(
      message(Principle("blank", comparison: " \n"))
        == "principle 1, 'blank', has an empty request; write what is asked, or leave the line out")
    #expect(message(Principle("", comparison: "Which?")) == "principle 1 has no name")
    #expect(
      message(Principle("light", comparison: "Which?", weight: 0))
        == "principle 1, 'light', has the weight 0.0, but must have one above 0")
    #expect(
      message(Self.some[0], Self.some[0])
        == "two principles are called 'kind'; give each a name of its own")
  }

  @Test("some are chosen by tags, and by what they ask for")
  func choice() throws {
    let constitution = try Constitution(version: "1", principles: Self.some)
    #expect(try constitution.tagged(["honesty", "other"]).principles == [Self.some[1]])
    #expect(try constitution.tagged([]) == constitution)
    #expect(constitution.revising == [Self.some[0]] && constitution.comparing == [Self.some[1]])
    let error = #expect(throws: ConstitutionError.self) { try constitution.tagged(["x"]) }
    #expect(error?.description == "no principle has the tag 'x'; there are honesty, tone")
  }

  @Test("one is drawn as often as its weight says")
  func draws() {
    var random = SeededGenerator(seed: 1)
    var kind = 0
    for _ in 0..<20_000 where Self.some.drawn(using: &random)?.name == "kind" { kind += 1 }
    // 15,000 are expected, and six deviations are 368.
    #expect(abs(kind - 15_000) < 368)
    #expect([Principle]().drawn(using: &random) == nil)
  }

  @Test("the paper's files are read without the marks around the requests")
  func paper() throws {
    let instructions = #"""
      {"harmful10": {"prompt": ["\n\nCritiqueRequest: Is it bad?\n\nCritique:"],
        "edit_request": "\n\nRevisionRequest: Make it good.\n\nRevision:"},
       "harmful2": {"prompt": ["\n\nCritiqueRequest: Is it worse?\n\nCritique:"],
        "edit_request": "\n\nRevisionRequest: Make it better.\n\nRevision:"}}
      """#
    let constitution = try Constitution(
      paperFiles: [
        instructions, #"["\n\nCritiqueRequest: x"]"#, #"["\nWhich is better? Options:"]"#,
        #"[{"prompt": "\n\nHuman: q\n\nAssistant:", "corrects": ["yes"], "incorrects": ["no"]}]"#,
      ].map { (path: "x.json", data: Data($0.utf8)) })
    #expect(constitution.principles.map(\.name) == ["harmful2", "harmful10", "comparison0"])
    #expect(constitution.principles[1].critique == "Is it bad?")
    #expect(constitution.principles[1].revision == "Make it good.")
    #expect(constitution.principles[2].comparison == "Which is better?")
    #expect(constitution.revisionExamples == ["\n\nCritiqueRequest: x"])
    #expect(constitution.comparisonExamples.map(\.better) == ["yes"])
    let error = #expect(throws: ConstitutionError.self) {
      try Constitution(paperFiles: [(path: "y.json", data: Data("[1]".utf8))])
    }
    #expect(
      error?.description
        == "y.json: is no JSON of the files of principles that were published with Constitutional AI; write "
        + "principles of your own as YAML, as attune constitution show does")
  }

  private static let published = ProcessInfo.processInfo.environment["ATTUNE_DATA"].map {
    URL(filePath: $0).appending(path: "constitution")
  }

  @Test("so are the published ones", .enabled(if: published != nil, "ATTUNE_DATA is not set"))
  func publishedFiles() throws {
    let folder = try #require(Self.published)
    let names = [
      "CritiqueRevisionInstructions", "CritiqueRevisionFewShotPrompts", "RLMadisonInstructions",
      "RLMadisonFewShotPrompts",
    ]
    let constitution = try Constitution(
      paperFiles: names.map {
        (path: $0, data: try Data(contentsOf: folder.appending(path: "\($0).json")))
      })
    #expect(constitution.revising.count == 16 && constitution.comparing.count == 16)
    #expect(constitution.revisionExamples.count == 5 && constitution.comparisonExamples.count == 5)
    for principle in constitution.principles {
      for text in [principle.critique, principle.revision, principle.comparison].compactMap(\.self)
      {
        #expect(!text.contains("Request:") && !text.contains("Options:") && !text.hasSuffix(":"))
      }
    }
  }
}
