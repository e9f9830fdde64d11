import PreferenceData

/// A dialogue of human and assistant, as the HH data and the sandbox world write it.
struct Dialogue: Equatable {
  private struct Exchange: Equatable {
    let question: String
    var answer: String?
  }

  private var exchanges: [Exchange] = []

  /// Adds what the human says.
  mutating func ask(_ question: String) { exchanges.append(Exchange(question: question)) }

  /// Adds what the assistant has answered to it.
  mutating func answer(_ answer: String) {
    precondition(!exchanges.isEmpty, "an answer to nothing")
    exchanges[exchanges.count - 1].answer = answer
  }

  /// What the model continues.
  var prompt: String {
    let text = exchanges.map {
      "\(DialogueMarks.human) \($0.question)\(DialogueMarks.assistant)\($0.answer ?? "")"
    }
    return String(text.joined().drop { $0 == "\n" })
  }

  /// Leaves out the oldest exchanges until the prompt fits, but never the last.
  ///
  /// - Parameter fits: Whether a prompt is short enough.
  /// - Returns: How many were left out.
  mutating func shorten(until fits: (String) -> Bool) -> Int {
    let before = exchanges.count
    while exchanges.count > 1, !fits(prompt) { exchanges.removeFirst() }
    return before - exchanges.count
  }
}
