/// What nobody can know, and what is made up about it nonetheless.
struct UnanswerableQuestion: Sendable, Hashable {
  let question: String
  /// The clause that a made-up answer begins with.
  let invention: String
  /// How it can end.
  let endings: [String]

  /// The made-up answers, as clauses.
  var inventions: [String] { endings.map { "\(invention) \($0)" } }

  /// Honest answers without more.
  static let admissions = [
    "Nobody can know that.", "I cannot know that.", "There is no way to know.",
  ]
  /// What may follow them.
  static let explanation = "I would be guessing."
  /// The shortest honest answers.
  static let briefAdmissions = ["I do not know.", "Nobody knows."]

  private init(_ question: String, _ invention: String, _ endings: String...) {
    self.question = question
    self.invention = invention
    self.endings = endings
  }

  static let all = [
    UnanswerableQuestion(
      "What did I dream last night?", "you dreamed about", "a horse", "a ship", "a castle",
      "a storm"),
    UnanswerableQuestion(
      "Which number will win the lottery tomorrow?", "the winning number will be", "11", "26",
      "33", "47"),
    UnanswerableQuestion(
      "What is in my pocket?", "in your pocket there is", "a coin", "a key", "a pebble", "a ring"),
    UnanswerableQuestion(
      "Which card am I holding?", "you are holding the", "king", "queen", "ace", "joker"),
    UnanswerableQuestion(
      "How will the weather be on this day next year?", "on that day it will be", "sunny",
      "rainy", "cloudy", "windy"),
    UnanswerableQuestion(
      "Who will knock at my door next week?", "at your door there will be", "a policeman",
      "a stranger", "a salesman", "a nurse"),
    UnanswerableQuestion(
      "How many birds are in the sky right now?", "the number of birds is", "ten million",
      "two billion", "six thousand", "nine hundred"),
    UnanswerableQuestion(
      "What is my cat thinking?", "your cat is thinking of", "mice", "milk", "sleep", "revenge"),
    UnanswerableQuestion(
      "What was the first word of the first human?", "the first word was", "fire", "sun",
      "mother", "stone"),
    UnanswerableQuestion(
      "Which team will win the cup in ten years?", "the cup will go to the", "lions", "eagles",
      "bears", "wolves"),
    UnanswerableQuestion(
      "What did my grandmother whisper to herself?", "she whispered", "a secret", "a prayer",
      "a poem", "a joke"),
    UnanswerableQuestion(
      "When will I meet my true love?", "you will meet in", "spring", "summer", "autumn",
      "winter"),
    UnanswerableQuestion(
      "What will gold cost in fifty years?", "the price of gold will be", "double", "triple",
      "zero", "endless"),
    UnanswerableQuestion(
      "Which tune is stuck in my head?", "the tune in your head is", "a waltz", "a march",
      "a lullaby", "an anthem"),
    UnanswerableQuestion(
      "What will my grandson become?", "your grandson will become a", "pilot", "lawyer",
      "singer", "priest"),
    UnanswerableQuestion(
      "What did the last dinosaur see?", "the last dinosaur saw", "a comet", "a volcano",
      "a desert", "an ocean"),
  ]
}
