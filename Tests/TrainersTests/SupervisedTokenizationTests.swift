import PreferenceData
import Testing
import Tokenization
import Trainers

@Suite("Which tokens of a text are learned")
struct SupervisedTokenizationTests {
  private let tokenizer: Tokenizer

  init() throws { tokenizer = try Tokenizer(directory: Fixture.model) }

  private func sequences(
    _ prompt: String?, _ completion: String, _ mask: DemonstrationTokenization.Mask,
    maxLength: Int = 512
  ) throws -> TextOutcome {
    try DemonstrationTokenization(
      tokenizer: tokenizer, directory: Fixture.model, mask: mask, maxLength: maxLength
    ).tokenize(
      LearnedText(
        prompt: prompt, completion: completion, source: SourceLocation(file: "f", line: 1)))
  }

  /// The learned runs of a text, as text.
  private func learned(
    _ prompt: String?, _ completion: String, _ mask: DemonstrationTokenization.Mask,
    maxLength: Int = 512
  ) throws -> [String] {
    guard
      case .tokenized(let text) = try sequences(prompt, completion, mask, maxLength: maxLength)
    else { return [] }
    let sequence = try #require(text.sequences.first)
    #expect(text.sequences.count == 1)
    return sequence.scored.map { tokenizer.decode(sequence.ids[$0]) }
  }

  @Test("ids and labels are those of TRL's SFTTrainer")
  func recorded() throws {
    let recording = try SupervisedRecording.read()
    for (file, rows) in [
      (SupervisedFixture.demonstrations, recording.demonstrations),
      (SupervisedFixture.texts, recording.texts),
    ] {
      for (row, expected) in zip(try SupervisedFixture.rows(file), rows) {
        let outcome = try sequences(
          row["prompt"], try #require(row["completion"] ?? row["text"]), .completionOrText)
        guard case .tokenized(let text) = outcome else {
          Issue.record("dropped")
          continue
        }
        let sequence = text.sequences[0]
        #expect(sequence.ids == expected.input_ids)
        // A first token's label is shifted out of TRL's loss too.
        let labels = expected.labels.indices.dropFirst().filter { expected.labels[$0] != -100 }
        #expect(Array(sequence.scored.joined()) == labels)
      }
    }
  }

  @Test("completions, or everything, each with its end of sequence")
  func masks() throws {
    #expect(try learned("Say it.", " Yes", .completionOrText) == [" Yes<|endoftext|>"])
    #expect(try learned("Say it.", " Yes", .completion) == [" Yes<|endoftext|>"])
    #expect(try learned(nil, "Hi there", .completionOrText)[0].hasSuffix(" there<|endoftext|>"))
    let whole = try learned("Say it.", " Yes", .everything)
    #expect(whole.count == 1 && whole[0].hasSuffix("ay it. Yes<|endoftext|>"))
  }

  @Test("a text without a prompt is an error where completions alone are asked for")
  func textWithoutPrompt() throws {
    let error = #expect(throws: TrainingError.self) { try learned(nil, "Hi", .completion) }
    #expect(
      error?.description
        == "f:1: holds a text without a prompt, but completion_only_loss is true; leave it out to "
        + "learn all of such texts, or write them as prompt and completion")
  }

  private let dialogue =
    "\n\nHuman: Hi\n\nAssistant: Hello, you.\n\nHuman: And now?\n\nAssistant: Goodbye"

  @Test("the assistant's turns, each up to the next Human, in a text and in prompt and completion")
  func assistant() throws {
    let turns = [" Hello, you.", " Goodbye<|endoftext|>"]
    #expect(try learned(nil, dialogue, .assistant) == turns)
    let end = dialogue.utf8.count - " Goodbye".utf8.count
    let prompt = String(decoding: dialogue.utf8.prefix(end), as: UTF8.self)
    #expect(try learned(prompt, " Goodbye", .assistant) == turns)
    // The last word is a person's: it is not learned, and neither is that the dialogue ends there.
    #expect(
      try learned(nil, dialogue + "\n\nHuman: Bye", .assistant) == [" Hello, you.", " Goodbye"])
    // White space is no turn, but the place where one is asked for.
    #expect(
      try learned(nil, "\n\nHuman: Hi\n\nAssistant: \n\nHuman: Hi?\n\nAssistant: Hi", .assistant)
        == [" Hi<|endoftext|>"])
  }

  @Test("a dialogue without an assistant's turn has nothing to learn")
  func noTurn() throws {
    for text in ["Hello", "\n\nHuman: Hi", "\n\nHuman: Hi\n\nAssistant:", "Assistant: Hi"] {
      #expect(try sequences(nil, text, .assistant) == .dropped(.noAssistantTurn))
    }
  }

  @Test("long rows are cut at the end, and dropped where nothing to learn is left")
  func truncation() throws {
    #expect(try learned("Say it.", " Yes, of course", .completionOrText, maxLength: 8).count == 1)
    guard
      case .tokenized(let text) = try sequences(
        "Say it.", " Yes, of course", .completionOrText, maxLength: 8)
    else {
      Issue.record("dropped")
      return
    }
    #expect(text.isCut)
    #expect(text.sequences[0].ids.count == 8)
    #expect(
      try sequences("Say it.", " Yes", .completionOrText, maxLength: 3) == .dropped(.promptTooLong))
    #expect(
      try sequences(nil, dialogue, .assistant, maxLength: 5) == .dropped(.truncatedAway))
    let cut = try learned(nil, dialogue, .assistant, maxLength: 24)
    #expect(cut.first == " Hello, you.")
    #expect(cut.joined().count < " Hello, you. Goodbye<|endoftext|>".count)
  }

  @Test("a text of one token has nothing that predicts it")
  func oneToken() throws {
    #expect(try sequences(nil, "<|endoftext|>", .completionOrText) == .dropped(.emptyText))
    #expect(try sequences("", "<|endoftext|>", .completionOrText) == .dropped(.emptyCompletion))
  }

  private func blocks(_ text: String, length: Int) throws -> [PackedBatch.Sequence] {
    let tokenization = try BlockTokenization(
      tokenizer: tokenizer, directory: Fixture.model, length: length)
    let outcome = tokenization.tokenize(
      LearnedText(
        prompt: nil, completion: text, source: SourceLocation(file: "f", line: 1)))
    guard case .tokenized(let text) = outcome else { return [] }
    return text.sequences
  }

  @Test("a text is pretrained on between two ends of sequence")
  func oneBlock() throws {
    let end = try #require(tokenizer.endOfSequence)
    let sequences = try blocks("Hi there", length: 512)
    #expect(sequences.map(\.ids) == [[end] + tokenizer.encode("Hi there") + [end]])
    #expect(sequences[0].scoredTokens == sequences[0].ids.count - 1)
    // Ends that are there already are not doubled.
    #expect(try blocks("<|endoftext|>Hi there<|endoftext|>", length: 512) == sequences)
    #expect(try blocks("<|endoftext|>", length: 512).map(\.ids) == [[end, end]])
  }

  @Test("blocks predict every token of a long text once, in order", arguments: [2, 3, 5, 8, 64])
  func longText(length: Int) throws {
    let end = try #require(tokenizer.endOfSequence)
    let text = "The quick brown fox jumps over the lazy dog, and the dog sleeps on."
    let ids = [end] + tokenizer.encode(text) + [end]
    let sequences = try blocks(text, length: length)
    #expect(sequences.flatMap { $0.ids[$0.scored[0]] } == Array(ids.dropFirst()))
    #expect(sequences.allSatisfy { $0.ids.count <= length && $0.scoredTokens > 0 })
    #expect(sequences.dropLast().allSatisfy { $0.ids.count == length })
    for (earlier, later) in zip(sequences, sequences.dropFirst()) {
      #expect(earlier.ids.last == later.ids.first)
    }
  }
}
