import Foundation
import PreferenceData
import Testing
import Tokenization
import TrainingConfiguration

@testable import Trainers

/// Expected ids: scripts/record/kto.py and bco.py.
@Suite("From judged completions to rows of a KTO run")
struct KTODataTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func dataset(_ change: (inout KTOConfiguration) -> Void = { _ in }) throws
    -> UnpairedDataset
  {
    var configuration = KTOConfiguration()
    configuration.model = Fixture.model
    configuration.data.files = [UnpairedFixture.completions]
    configuration.data.maxLength = 512
    change(&configuration)
    return try UnpairedDataset(configuration, tokenizer: Tokenizer(directory: Fixture.model))
  }

  private func message(_ change: (inout KTOConfiguration) -> Void) -> String? {
    do {
      _ = try dataset(change)
      return nil
    } catch { return "\(error)" }
  }

  @Test("the ids of every row are TRL's, and so are those of its mismatched completion")
  func recorded() throws {
    let kto: UnpairedRecording<KTOTokens> = try UnpairedFixture.read("expected.json")
    let bco: UnpairedRecording<BCOTokens> = try UnpairedFixture.read("bco.json")
    let data = try dataset().training
    #expect((data.rows.count, kto.tokens.count, bco.tokens.count) == (12, 12, 12))
    let mismatched = Array(data.rows.indices).grouped(by: 4).flatMap(Continuation.mismatched)
    for (row, (tokens, other)) in zip(kto.tokens, bco.tokens).enumerated() {
      #expect(data.rows[row].prompt == tokens.prompt_ids)
      #expect(data.rows[row].completion == tokens.completion_ids)
      #expect(data.rows[row].isDesirable == tokens.label)
      let own = data.sequence(Continuation(of: row))
      #expect(own.ids == other.completion_input_ids)
      #expect(own.completionStart == other.prompt_length)
      #expect(mismatched[row].prompt == row)
      let sequence = data.sequence(mismatched[row])
      #expect(sequence.ids == tokens.prompt_ids + tokens.KL_completion_ids)
      #expect(sequence.completionStart == tokens.prompt_ids.count)
    }
  }

  @Test("a mismatched completion is cut where its new prompt leaves no room, not where its own did")
  func truncation() throws {
    let data = try dataset { $0.data.maxLength = 64 }.training
    let lengths = data.rows.indices.map {
      (data.rows[$0].prompt.count, data.rows[$0].completion.count)
    }
    // A short prompt behind a long one whose completion was cut.
    let mismatched = Continuation.mismatched(Array(data.rows.indices))
    #expect(
      zip(mismatched, lengths).contains { pair, own in
        lengths[pair.completion].0 > own.0
          && lengths[pair.completion].0 + lengths[pair.completion].1 > 64
      })
    for pair in mismatched {
      let whole = data.rows[pair.prompt].prompt + data.rows[pair.completion].completion
      #expect(data.sequence(pair).ids == Array(whole.prefix(64)))
    }
  }

  @Test("completions rotate by one within a step; a row that is alone keeps its own")
  func rotation() {
    let pairs = Continuation.mismatched([7, 3, 5])
    #expect(pairs.map(\.prompt) == [7, 3, 5])
    #expect(pairs.map(\.completion) == [5, 7, 3])
    #expect(Continuation.mismatched([4]) == [Continuation(of: 4)])
    #expect(Continuation.mismatched([]) == [])
  }

  // MARK: Preference pairs

  @Test("pairs become desirable rows and then undesirable ones, with their weights, and a note")
  func pairs() throws {
    let file = try folder.write(
      """
      {"prompt": "A?", "chosen": " yes", "rejected": " no", "weight": 2}
      {"prompt": "B?", "chosen": " two", "rejected": " three", "confidence": "low", "margin": 1}

      """, to: "pairs.jsonl")
    let data = try dataset { $0.data.files = [file] }
    #expect(data.training.rows.map(\.isDesirable) == [true, true, false, false])
    #expect(data.training.rows.map(\.weight) == [2, 0.5, 2, 0.5])
    #expect(data.training.sources.map(\.line) == [1, 2, 1, 2])
    let texts = try data.training.rows.map {
      try Tokenizer(directory: Fixture.model).decode($0.completion.dropLast())
    }
    #expect(texts == [" yes", " two", " no", " three"])
    #expect(
      data.notes == [
        "2 preference pairs are taken apart: chosen completions are desirable, rejected ones "
          + "undesirable",
        "1 pairs carry a margin, which no loss_type of kto uses",
      ])
  }

  @Test("files of both kinds go together, and a held-out prompt takes all its rows with it")
  func mixture() throws {
    let data = try dataset {
      $0.data.files = [UnpairedFixture.completions, Fixture.pairs]
      $0.data.evaluationFraction = 0.25
    }
    #expect(data.training.rows.count + data.heldOut.rows.count == 12 + 16)
    let prompts = (Set(data.training.rows.map(\.prompt)), Set(data.heldOut.rows.map(\.prompt)))
    #expect(!prompts.1.isEmpty && prompts.0.isDisjoint(with: prompts.1))
  }

  // MARK: Rows that are of no use

  @Test("a prompt without room for its completion drops its row, a pair's once")
  func dropped() throws {
    let long = "A " + String(repeating: "very ", count: 30) + "long question?"
    let file = try folder.write(
      """
      {"prompt": "\(long)", "chosen": " yes", "rejected": " no"}
      {"prompt": "B?", "chosen": " two", "rejected": " three"}

      """, to: "pairs.jsonl")
    let data = try dataset {
      $0.data.files = [file]
      $0.data.maxLength = 16
    }
    #expect(data.training.rows.count == 2)
    #expect(data.dropped.total == 1)
    #expect(data.dropped[.promptTooLong] == 1)
    let strict = message {
      $0.data.files = [file]
      $0.data.maxLength = 16
      $0.data.strict = true
    }
    #expect(strict?.contains("1 row: the prompt has max_length tokens or more") == true)
    let none = message {
      $0.data.files = [file]
      $0.data.maxLength = 2
    }
    #expect(none?.hasPrefix("\(file): no usable row is left:") == true)
  }

  @Test("other kinds of records are refused with what is needed instead")
  func wrongKind() throws {
    let file = try folder.write(
      #"{"prompt": "A?", "completions": [" x", " y"], "ranking": [1, 2]}"# + "\n", to: "r.jsonl")
    #expect(
      message { $0.data.files = [file] }
        == "\(file): holds rankings, by its fields `completions`, `prompt`, `ranking`; needed here "
        + "are unpaired completions (`prompt`, `completion`, `label`), or preference pairs with an "
        + "explicit prompt (`prompt`, `chosen`, `rejected`), or preference pairs with an implicit "
        + "prompt (`chosen`, `rejected`), or A/B comparisons (`prompt`, `response_A`, `response_B`, "
        + "`preference`); give another file or rename its fields.")
  }

  @Test("malformed rows of all files are told together")
  func malformed() throws {
    let rows = try folder.write(
      #"{"prompt": "A?", "completion": " x", "label": "perhaps"}"# + "\n", to: "rows.jsonl")
    let pairs = try folder.write(
      #"{"prompt": "A?", "chosen": " x", "rejected": 3}"# + "\n", to: "pairs.jsonl")
    let text = try #require(message { $0.data.files = [rows, pairs] })
    #expect(text.hasPrefix("2 rows are malformed:\n"))
    #expect(text.contains("\(rows):1") && text.contains("\(pairs):1"))
  }

  @Test("messages need a chat template")
  func messages() throws {
    let file = try folder.write(
      #"{"prompt": [{"role": "user", "content": "A?"}], "completion": "#
        + #"[{"role": "assistant", "content": "x"}], "label": true}"# + "\n", to: "m.jsonl")
    #expect(message { $0.data.files = [file] }?.contains("holds messages") == true)
  }

  // MARK: The balance of the classes

  /// Ethayarajh et al. 2024, equation 8: λ_D n_D / (λ_U n_U) from 1 to 4/3.
  @Test(
    "is advised on outside of 1 to 4/3",
    arguments: [
      (6, 6, 1.0, 1.0, nil), (4, 3, 1, 1, nil), (12, 8, 1, 1.2, nil), (10, 10, 0.8, 0.6, nil),
      (
        200, 80, 1, 1,
        "desirable completions weigh 2.5 times as much as undesirable ones, where 1 to 1.33 is "
          + "advised: set desirable_weight between 0.4 and 0.53, or use loss_type bco"
      ),
      (
        1, 1000, 1, 2,
        "desirable completions weigh 0.0005 times as much as undesirable ones, where 1 to 1.33 is "
          + "advised: set desirable_weight between 2000.0 and 2666.67, or use loss_type bco"
      ),
      (
        3, 0, 1, 1,
        "only desirable completions have a weight in the training data, so there is nothing to tell "
          + "them apart from"
      ),
      (
        3, 3, 0, 1,
        "only undesirable completions have a weight in the training data, so there is nothing to "
          + "tell them apart from"
      ),
      (
        3, 0, 0, 1,
        "no completion in the training data has a weight above 0, so there is nothing to learn"
      ),
    ] as [(Int, Int, Double, Double, String?)])
  func balance(
    desirable: Int, undesirable: Int, desirableWeight: Double, undesirableWeight: Double,
    note: String?
  ) {
    let rows = (0..<desirable + undesirable).map {
      JudgedCompletion(prompt: [1], completion: [2], isDesirable: $0 < desirable, weight: 1)
    }
    var configuration = KTOConfiguration()
    configuration.desirableWeight = desirableWeight
    configuration.undesirableWeight = undesirableWeight
    #expect(ClassBalance(rows, configuration.loss).note == note)
    configuration.lossType = .bco
    let bco = ClassBalance(rows, configuration.loss).note
    #expect(bco == (note?.hasPrefix("desirable") == true ? nil : note))
  }
}
