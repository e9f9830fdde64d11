import Oversight
import PreferenceData
import Testing

@Suite("The constitution that is shipped")
struct ShippedConstitutionTests {
  private static let constitution = Constitution.shipped

  @Test("it can be used, and each principle revises and compares")
  func use() {
    #expect(Self.constitution.version == "attune-1")
    #expect((16...20).contains(Self.constitution.principles.count))
    #expect(Self.constitution.revising == Self.constitution.principles)
    #expect(Self.constitution.comparing == Self.constitution.principles)
  }

  @Test(
    "names are unique and in snake case; requests are sentences", arguments: constitution.principles
  )
  func wording(principle: Principle) throws {
    #expect(try /[a-z]+(_[a-z]+)*/.wholeMatch(in: principle.name) != nil)
    #expect(Self.constitution.principles.count { $0.name == principle.name } == 1)
    for request in [principle.critique, principle.revision, principle.comparison] {
      let request = try #require(request)
      #expect(request.hasSuffix(".") || request.hasSuffix("?"))
      #expect(request.first?.isUppercase == true && !request.contains("  "))
      // A mark would end the dialogue, a line the question.
      #expect(!request.contains("\n"))
    }
    #expect(principle.comparison?.contains("of the two answers") == true)
    #expect(principle.comparison?.hasSuffix("?") == true)
  }

  @Test("tags are known, and each chooses some but not all")
  func tags() throws {
    let tags = ["harmlessness", "honesty", "helpfulness", "fairness", "privacy", "style"]
    let used = Set(Self.constitution.principles.flatMap(\.tags))
    #expect(used == Set(tags) && Self.constitution.principles.allSatisfy { !$0.tags.isEmpty })
    for tag in tags {
      let some = try Self.constitution.tagged([tag]).principles.count
      #expect(0 < some && some < Self.constitution.principles.count)
    }
  }

  @Test("what matters most weighs most")
  func weights() {
    let weights = Dictionary(
      uniqueKeysWithValues: Self.constitution.principles.map { ($0.name, $0.weight) })
    #expect(weights["harm_to_people"] == 2 && weights["helpfulness"] == 2)
    #expect(weights["concise"] == 0.5 && weights["privacy"] == 1)
  }

  @Test("examples have the marks of a revision, each once and in their order", arguments: 0..<4)
  func revisions(place: Int) throws {
    #expect(Self.constitution.revisionExamples.count == 4)
    let marks = [
      DialogueMarks.human, DialogueMarks.assistant, RevisionMarks.critiqueRequest,
      RevisionMarks.critique, RevisionMarks.revisionRequest, RevisionMarks.revision,
    ]
    var rest = Self.constitution.revisionExamples[place][...]
    #expect(rest.hasPrefix(DialogueMarks.human))
    let following: [String?] = marks.dropFirst().map { $0 } + [nil]
    for (mark, next) in zip(marks, following) {
      #expect(rest.hasPrefix(mark))
      rest = rest.dropFirst(mark.count)
      #expect(rest.hasPrefix(" ") && rest.dropFirst().first?.isWhitespace == false)
      let end = next.map { rest.firstRange(of: $0)?.lowerBound } ?? rest.endIndex
      let part = rest[..<(try #require(end))]
      // Nothing of another turn, and no line within one.
      #expect(
        !part.contains("\n") && (part.hasSuffix(".") || part.hasSuffix("?") || part.hasSuffix("!")))
      rest = rest[(try #require(end))...]
    }
    #expect(rest.isEmpty)
  }

  @Test("they stand before what is asked as they are")
  func dialogue() {
    let dialogue = RevisionDialogue(prompt: "Hi", examples: Self.constitution.revisionExamples)
    let request = dialogue.critiqueRequest(of: "Hello.", by: Self.constitution.principles[0])
    #expect(request.hasPrefix(Self.constitution.revisionExamples.joined() + "\n\nHuman: Hi"))
  }

  @Test("comparisons end where an answer follows")
  func comparisons() {
    #expect(Self.constitution.comparisonExamples.count == 4)
    for example in Self.constitution.comparisonExamples {
      #expect(example.prompt.hasPrefix(DialogueMarks.human))
      #expect(example.prompt.hasSuffix(DialogueMarks.assistant))
      #expect(example.better != example.worse)
      #expect(!example.better.contains("\n") && !example.worse.contains("\n"))
    }
  }
}
