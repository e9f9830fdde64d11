/// A prompt and its completions in one form: where any of them is a list of messages, plain prompts
/// become a user's message and plain completions the assistant's.
struct Exchange {
  let prompt: Passage
  let completions: [Passage]

  init(prompt: Passage, completions: [Passage]) {
    let isConversation = prompt.isConversation || completions.contains(where: \.isConversation)
    self.prompt = isConversation ? prompt.asConversation(speaker: "user") : prompt
    self.completions =
      isConversation
      ? completions.map { $0.asConversation(speaker: "assistant") } : completions
  }

  /// Why nothing can be learnt from comparing the completions, if so.
  var dropReason: DropReason? {
    if completions.contains(where: \.isBlank) { return .emptyCompletion }
    let areIdentical = completions.dropFirst().allSatisfy { $0 == completions[0] }
    return completions.count > 1 && areIdentical ? .identicalSides : nil
  }
}
