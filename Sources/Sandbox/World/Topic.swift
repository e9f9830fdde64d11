/// What exactly a prompt is about: all that an answer depends on.
enum Topic: Sendable, Hashable {
  case fact(Fact)
  case sum(Sum)
  case howTo(HowToTask)
  case harmful(HarmfulRequest)
  case unanswerable(UnanswerableQuestion)
  case claim(Claim)
  case chat(ChatMood)

  var kind: PromptKind {
    switch self {
    case .fact: .fact
    case .sum: .sum
    case .howTo: .howTo
    case .harmful: .harmful
    case .unanswerable: .unanswerable
    case .claim: .claim
    case .chat: .chat
    }
  }
}
