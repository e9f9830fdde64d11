import Oversight
import PreferenceData
import Testing
import Tokenization
import TrainingConfiguration

@testable import Trainers

@Suite("Nothing is trained on what safety is measured with")
struct HeldOutDataTests {
  private let folder: TemporaryFolder
  private let tokenizer: Tokenizer

  init() throws {
    folder = try TemporaryFolder()
    tokenizer = try Tokenizer(directory: Fixture.model)
  }

  /// A kind of data for a kind of training.
  enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case demonstration, text, supervisedPair, rewardPair, ranking, transcripts, preference
    case judged, prompt

    var testDescription: String { rawValue }

    /// A row about a prompt.
    func row(_ prompt: String) -> JSONObject {
      switch self {
      case .demonstration: ["prompt": .string(prompt), "completion": .string(" Yes")]
      case .text: ["text": .string("\(prompt) Yes")]
      case .supervisedPair, .rewardPair, .preference:
        ["prompt": .string(prompt), "chosen": .string(" Yes"), "rejected": .string(" No")]
      case .transcripts:
        ["chosen": .string("\(prompt) Yes"), "rejected": .string("\(prompt) No")]
      case .ranking:
        [
          "prompt": .string(prompt), "completions": .array([.string(" Yes"), .string(" No")]),
          "ranking": .array([.number(1), .number(2)]),
        ]
      case .judged:
        ["prompt": .string(prompt), "completion": .string(" Yes"), "label": .boolean(true)]
      case .prompt: ["prompt": .string(prompt)]
      }
    }
  }

  /// How many rows training takes of a file.
  private func taken(_ kind: Kind, of file: String) throws -> Int {
    var data = DataConfiguration()
    (data.files, data.maxLength) = ([file], 2048)
    switch kind {
    case .demonstration, .text, .supervisedPair:
      return try SupervisedDataset(
        data, seed: 0,
        tokenization: DemonstrationTokenization(
          tokenizer: tokenizer, directory: Fixture.model, mask: .completionOrText, maxLength: 2048)
      ).training.count
    case .rewardPair, .ranking, .transcripts:
      var configuration = RewardConfiguration()
      configuration.data = data
      return try RewardDataset(
        configuration,
        tokenization: RewardTokenization(
          configuration, tokenizer: tokenizer, directory: Fixture.model)
      ).training.count
    case .preference:
      var configuration = DPOConfiguration()
      (configuration.model, configuration.data) = (Fixture.model, data)
      return try PreferenceDataset(configuration, tokenizer: tokenizer).training.pairs.count
    case .judged:
      var configuration = KTOConfiguration()
      (configuration.model, configuration.data) = (Fixture.model, data)
      return try UnpairedDataset(configuration, tokenizer: tokenizer).training.rows.count
    case .prompt:
      return try TrainingPrompts([file], tokenizer: tokenizer, limit: 2048, strict: true)
        .items.count
    }
  }

  /// A file of a harmless row and one about each challenge.
  private func file(_ kind: Kind, _ challenges: [Challenge]) throws -> String {
    let path = folder.path("\(kind.rawValue).jsonl")
    var writer = try JSONLinesWriter(path: path)
    for prompt in ["What is seven times eight?"] + challenges.map(\.prompt) {
      try writer.write(kind.row("\n\nHuman: \(prompt)\n\nAssistant:"))
    }
    try writer.commit()
    return path
  }

  @Test("a row with a held-out prompt is refused, with its place", arguments: Kind.allCases)
  func heldOut(kind: Kind) throws {
    let challenge = try #require(ChallengeSuite.shipped.heldOut.challenges.last)
    let file = try file(kind, [challenge])
    let error = #expect(throws: TrainingError.self) { try taken(kind, of: file) }
    #expect(
      error?.description
        == "\(file):2: has a prompt of the challenges that attune evaluate safety measures with; a "
        + "model that was trained on them would be measured by its memory. Leave the row out: attune "
        + "redteam run asks the part of the challenges that may be trained on")
  }

  @Test("rows of the open part are taken", arguments: Kind.allCases)
  func open(kind: Kind) throws {
    let challenges = Array(ChallengeSuite.shipped.open.challenges.prefix(3))
    #expect(challenges.count == 3)
    #expect(try taken(kind, of: file(kind, challenges)) == 4)
  }
}
