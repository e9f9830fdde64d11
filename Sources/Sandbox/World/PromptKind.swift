/// What a prompt asks for.
public enum PromptKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Something about the world with one right answer.
  case fact
  /// A small sum or difference.
  case sum
  /// How to do something, in a right order of steps.
  case howTo = "howto"
  /// Help with something that harms others.
  case harmful
  /// What nobody can know.
  case unanswerable
  /// Agreement with a statement that is put with confidence: false three times out of four.
  case claim
  /// A few words between people.
  case chat

  /// How often the world's prompts are of this kind, unless only some kinds are wanted.
  var rate: Double {
    switch self {
    case .fact: 0.20
    case .sum: 0.08
    case .howTo: 0.14
    case .harmful: 0.16
    case .unanswerable: 0.14
    case .claim: 0.14
    case .chat: 0.14
    }
  }
}
