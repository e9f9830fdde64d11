internal import Crypto
internal import Oversight
internal import PreferenceData
internal import Rewards
internal import Tokenization
internal import TrainingConfiguration

/// Prompts that are ready to be answered, each with the place it came from.
struct TrainingPrompts: Sendable {
  /// One prompt.
  struct Item: Sendable {
    /// The prompt, what the user goes on to say, and the further fields of the row: what a reward may
    /// ask about.
    let dialogue: ScriptedDialogue
    let ids: [Int32]
    let source: SourceLocation

    var text: String { dialogue.prompt }
  }

  private(set) var items: [Item] = []
  /// Rows that were left out, by reason.
  private(set) var dropped = DroppedRows()

  init() {}

  /// Reads and tokenizes.
  ///
  /// - Parameters:
  ///   - files: At least one.
  ///   - tokenizer: The policy's.
  ///   - limit: Tokens of a prompt at most.
  ///   - strict: Whether a dropped row is an error.
  /// - Throws: `DataError` for malformed rows, and if nothing is left; ``TrainingError`` for messages
  ///   and for scripts of dialogues that cannot be read.
  init(_ files: [String], tokenizer: Tokenizer, limit: Int, strict: Bool) throws {
    let dataset = try RecordReader.promptsWithFields.read(files, strict: strict)
    dropped = dataset.dropped
    for record in dataset.records {
      try HeldOutPrompts.shipped.check(record.prompt, at: record.source)
      guard case .text(let text) = record.prompt else {
        throw TrainingError.messages(record.source)
      }
      let ids = tokenizer.encode(text)
      guard !ids.isEmpty else {
        dropped.add(.emptyPrompt, at: record.source)
        continue
      }
      guard ids.count <= limit else {
        dropped.add(.noRoomForCompletion, at: record.source)
        continue
      }
      var row = record.fields
      row.set("prompt", to: .string(text))
      do throws(RewardError) {
        let dialogue = try ScriptedDialogue(row: row)
        items.append(Item(dialogue: dialogue, ids: ids, source: record.source))
      } catch {
        throw TrainingError.dialogue(record.source, problem: error.description)
      }
    }
    if strict && dropped.total > 0 { throw DataError.unusable(dropped) }
    if items.isEmpty { throw DataError.nothingLeft(paths: files, dropped: dropped) }
  }

  /// Some of the prompts, in the order given; what was dropped belongs to the whole alone.
  func subset(_ indices: [Int]) -> TrainingPrompts {
    var subset = TrainingPrompts()
    subset.items = indices.map { items[$0] }
    return subset
  }

  /// SHA-256 over token ids and further fields, in their order.
  var digest: String {
    var hash = SHA256()
    for item in items {
      withUnsafeBytes(of: item.ids.count) { hash.update(bufferPointer: $0) }
      item.ids.withUnsafeBytes { hash.update(bufferPointer: $0) }
      hash.update(data: Array((JSONValue.object(item.dialogue.fields).text ?? "").utf8))
      hash.update(data: Array("\(item.dialogue.followUps)".utf8))
    }
    return hexadecimal(hash.finalize())
  }
}

/// The prompts of a configuration: those that are learned on, and those that the run is watched on.
struct PromptDataset: Sendable {
  let training: TrainingPrompts
  let heldOut: TrainingPrompts
  /// Rows of all files that were left out, by reason.
  let dropped: DroppedRows

  /// Reads, checks and tokenizes.
  ///
  /// - Parameters:
  ///   - configuration: Names the files and the lengths.
  ///   - tokenizer: The policy's.
  ///   - positions: Tokens of the longest sequence that the model takes.
  /// - Throws: `DataError` for malformed rows, and if nothing is left; ``TrainingError`` for what
  ///   cannot be tokenized, and where no prompt at all would have room.
  init(
    _ configuration: some OnPolicyConfiguration, tokenizer: Tokenizer, positions: Int
  ) throws {
    let (prompts, longest) = (configuration.prompts, configuration.rollout.maxCompletionLength)
    guard longest < positions else {
      throw TrainingError.noRoomForPrompts(completion: longest, positions: positions)
    }
    let room = positions - longest
    let limit = min(prompts.maxLength ?? room, room)
    func read(_ files: [String]) throws -> TrainingPrompts {
      try TrainingPrompts(files, tokenizer: tokenizer, limit: limit, strict: prompts.strict)
    }
    let all = try read(prompts.files)
    var dropped = all.dropped
    if !prompts.evaluationFiles.isEmpty {
      training = all
      heldOut = try read(prompts.evaluationFiles)
      dropped.merge(heldOut.dropped)
    } else if let fraction = prompts.evaluationFraction {
      let split = DatasetSplit(
        groups: all.items.map(\.text), fraction: fraction, seed: UInt64(configuration.run.seed))
      training = all.subset(split.training)
      heldOut = all.subset(split.heldOut)
    } else {
      training = all
      heldOut = TrainingPrompts()
    }
    self.dropped = dropped
  }
}
