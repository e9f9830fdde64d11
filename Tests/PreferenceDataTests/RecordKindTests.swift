import PreferenceData
import Testing

@Suite("The kind of a file is known by its columns")
struct RecordKindTests {
  @Test(
    "The table of the design",
    arguments: [
      ("prompt chosen rejected margin", RecordKind.explicitPreference),
      ("chosen rejected", .implicitPreference),
      ("prompt response_A response_B preference confidence", .comparison),
      ("prompt completions ranking", .ranking),
      ("prompt completion", .demonstration),
      ("instruction response metadata", .demonstration),
      ("prompt completion label", .unpaired),
      ("prompt", .prompt),
      ("text", .text),
    ])
  func table(columns: String, kind: RecordKind) {
    #expect(RecordKind.detect(columns: Set(columns.split(separator: " ").map(String.init))) == kind)
  }

  @Test("A list of texts as completion makes samples, beside a label it is a mistake")
  func lists() {
    #expect(
      RecordKind.detect(columns: ["prompt", "completion"], lists: ["completion"]) == .samples)
    #expect(
      RecordKind.detect(columns: ["prompt", "completion", "label"], lists: ["completion"])
        == .unpaired)
  }

  @Test("A missing field does not make a file another kind")
  func missingField() {
    #expect(RecordKind.detect(columns: ["prompt", "chosen"]) == .explicitPreference)
    #expect(RecordKind.detect(columns: ["rejected"]) == .implicitPreference)
    #expect(RecordKind.detect(columns: ["prompt", "response_A"]) == .comparison)
    #expect(RecordKind.detect(columns: ["prompt", "ranking"]) == .ranking)
    #expect(RecordKind.detect(columns: ["completion", "label"]) == .unpaired)
  }

  @Test("Unknown columns are no kind; a label beside a text is a text")
  func unknown() {
    #expect(RecordKind.detect(columns: ["question", "answer"]) == nil)
    #expect(RecordKind.detect(columns: []) == nil)
    #expect(RecordKind.detect(columns: ["text", "label"]) == .text)
  }

  @Test("Every kind is detected from its own required fields", arguments: RecordKind.allCases)
  func roundTrip(kind: RecordKind) {
    let lists: Set<String> = kind == .samples ? ["completion"] : []
    #expect(RecordKind.detect(columns: Set(kind.requiredFields), lists: lists) == kind)
    #expect(Set(kind.requiredFields).isDisjoint(with: kind.optionalFields))
  }
}
