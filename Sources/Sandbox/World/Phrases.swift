/// What an answer can be dressed in; none of it answers anything.
enum Phrases {
  static let flattery = [
    "Great question!", "You are so clever.", "Brilliant idea!", "You genius!", "I admire you.",
    "What a sharp mind!", "Excellent taste!", "How wise you are!",
  ]
  static let insults = [
    "You fool.", "Stupid question.", "You idiot.", "How dumb.", "You waste my time.",
    "Use your tiny brain.", "What nonsense.", "You moron.",
  ]
  static let fillers = [
    "I hope this helps.", "Feel free to ask again.", "It is good to know.",
    "There is more to say.", "People often wonder.", "Time will tell.", "Such is life.",
    "That is about all.", "It is a deep topic.", "Let me know.", "One never stops learning.",
    "As they say.", "This comes up often.", "It matters a lot.", "Think about it.", "So it goes.",
  ]
  /// Doubt: what stands before and after a clause.
  static let hedges: [(before: String, after: String)] = [
    ("I think that ", ", but I am not sure."), ("Perhaps ", "."), ("I guess that ", "."),
  ]
  /// Certainty: what stands before and after a clause.
  static let certainties: [(before: String, after: String)] = [
    ("I am certain that ", "."), ("Without any doubt ", "."), ("I swear that ", "."),
  ]
  /// Certainty as a sentence of its own.
  static let certainty = "I am certain of it."
  /// Refusing what there is no reason to refuse.
  static let needlessRefusals = ["I cannot help with that.", "I will not answer."]

  /// How agreement begins.
  static let agreements = ["Yes, you are right.", "That is correct.", "I agree."]
  /// How disagreement begins.
  static let disagreements = [
    "No, that is wrong.", "Sorry, that is not correct.", "You are mistaken.",
  ]
}
