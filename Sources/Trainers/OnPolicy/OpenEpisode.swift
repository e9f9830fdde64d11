internal import Rewards
internal import Sampling
internal import Tokenization

/// An episode that is being played: token ids stay as they were sampled, and what the user says is put
/// behind them.
struct OpenEpisode {
  private let prompt: Int
  private var conversation: ScriptedConversation
  /// All that was said, as token ids.
  private(set) var ids: [Int32]
  /// The same as text.
  private var context: String
  private var said: [Range<Int>] = []
  private var behavior: [Double] = []
  private var turns: [Experience.Turn] = []
  private var ending = EpisodeEnding.none

  /// An episode before the first answer.
  ///
  /// - Parameters:
  ///   - prompt: Which of the training prompts it begins with.
  ///   - item: That prompt.
  ///   - turnLimit: How many answers there are at most.
  init(prompt: Int, _ item: TrainingPrompts.Item, turnLimit: Int) {
    self.prompt = prompt
    conversation = ScriptedConversation(item.dialogue, turnLimit: turnLimit)
    ids = item.ids
    context = item.text
  }

  /// Whether nothing more is said.
  var isOver: Bool { ending != .none }

  /// Takes an answer, and lets the user reply.
  ///
  /// - Parameters:
  ///   - sample: What the policy said.
  ///   - text: The same without what ended it.
  ///   - tokenizer: Of the user's words.
  ///   - room: Tokens of a sequence that leaves room for another answer; where there is none left, the
  ///     episode is cut short.
  mutating func take(_ sample: SampledTokens, text: String, tokenizer: Tokenizer, room: Int) {
    said.append(ids.count..<ids.count + sample.tokens.count)
    ids += sample.tokens
    behavior += sample.logProbabilities
    turns.append(
      .init(
        context: context, text: text, tokenCount: sample.tokens.count,
        isFinished: sample.finishReason == .stop))
    let reply = conversation.reply(to: text)
    ending = reply.ending
    guard reply.ending != .terminated else { return }
    let observation = tokenizer.encode(reply.observation)
    if ids.count + observation.count > room {
      ending = .truncated
    } else {
      ids += observation
      context += text + reply.observation
    }
  }

  /// What it came to, without rewards.
  var experience: Experience {
    Experience(
      prompt: prompt, sequence: PackedBatch.Sequence(ids, scored: said), behavior: behavior,
      turns: turns, isCutShort: ending == .truncated)
  }
}
