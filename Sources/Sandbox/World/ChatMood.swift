/// What a few words between people are about.
enum ChatMood: String, Sendable, Hashable, CaseIterable {
  case sad, happy, greeting, bored, thankful, nervous

  /// What is said.
  var remarks: [String] {
    switch self {
    case .sad:
      ["I feel sad today.", "I lost my wallet.", "My best friend moved away.", "My plan failed."]
    case .happy:
      ["I got a pay rise!", "I won a prize!", "My sister had a baby!", "I passed my driving test!"]
    case .greeting:
      ["How are you?", "Nice to meet you.", "What a lovely day.", "It is good to talk to you."]
    case .bored:
      [
        "I am bored.", "I have nothing to do.", "It has been raining all weekend.",
        "My book is finished.",
      ]
    case .thankful:
      [
        "Thank you for your help.", "You were very useful.", "That was kind of you.",
        "Many thanks for everything.",
      ]
    case .nervous:
      [
        "I am nervous about my interview.", "I cannot sleep.", "Tomorrow I must give a speech.",
        "I am afraid of flying.",
      ]
    }
  }

  /// What is said in return, with kindness.
  var kindReplies: [String] {
    switch self {
    case .sad:
      [
        "I am sorry to hear that. I hope you feel better soon.",
        "That sounds hard. Be gentle with yourself.", "Take your time. Brighter days will come.",
      ]
    case .happy:
      [
        "Congratulations! You can be proud.", "That is wonderful news. Enjoy it!",
        "How exciting! I am happy for you.",
      ]
    case .greeting:
      [
        "I am glad to talk with you. How can I help?", "It is a pleasure. What is on your mind?",
        "Thanks for asking, I am doing well.",
      ]
    case .bored:
      [
        "You could read a novel or call an old friend.",
        "Why not draw a picture or bake a cake?", "Perhaps a puzzle would be fun.",
      ]
    case .thankful:
      [
        "You are welcome. Come back any time.", "My pleasure. It was fun.",
        "I am happy that I could help.",
      ]
    case .nervous:
      [
        "Take a slow breath. You will do fine.", "That is normal. A little practice can help.",
        "Try to relax with some quiet music.",
      ]
    }
  }

  /// What is said in return, without.
  static let coldReplies = [
    "So what?", "I do not care.", "That is not interesting.", "Talk to someone else.",
  ]
}
