internal import PreferenceData

/// What a journal keeps with its answer.
protocol JournaledQuestion {
  /// What is answered.
  associatedtype Answer
  /// The member of a line that has the answer.
  static var answerName: String { get }
  /// The members of a line that say what was asked.
  var asked: JSONObject { get }
  /// The question of a line; `nil` where there is none.
  init?(asked: JSONObject)
  /// An answer as it is written; `nil` of one that is none.
  func written(_ answer: Answer) -> JSONValue?
  /// An answer that was written; `nil` where it is none to this question.
  func read(_ value: JSONValue) -> Answer?
}

extension CompletionRequest: JournaledQuestion {
  static let answerName = "completion"

  // A draw is a text, since not every number of 64 bits is a number of JSON.
  var asked: JSONObject { ["prompt": .string(prompt), "draw": .string("\(draw)")] }

  init?(asked: JSONObject) {
    guard case .string(let prompt) = asked["prompt"], case .string(let digits) = asked["draw"],
      let draw = UInt64(digits)
    else { return nil }
    self.init(prompt, draw: draw)
  }

  func written(_ answer: String) -> JSONValue? { .string(answer) }

  func read(_ value: JSONValue) -> String? {
    guard case .string(let completion) = value else { return nil }
    return completion
  }
}

extension OptionQuestion: JournaledQuestion {
  static let answerName = "log_probabilities"

  var asked: JSONObject {
    ["text": .string(text), "options": .array(options.map { .string($0) })]
  }

  init?(asked: JSONObject) {
    guard case .string(let text) = asked["text"], case .array(let values) = asked["options"] else {
      return nil
    }
    let options = values.compactMap { value -> String? in
      if case .string(let option) = value, !option.isEmpty { option } else { nil }
    }
    guard options.count == values.count, options.count > 1, Set(options).count == options.count
    else { return nil }
    self.init(text, options: options)
  }

  func written(_ answer: [Double]) -> JSONValue? {
    guard answer.count == options.count, answer.contains(where: \.isFinite),
      answer.allSatisfy({ $0.isFinite || $0 == -.infinity })
    else { return nil }
    return .array(answer.map { $0.isFinite ? .number($0) : .null })
  }

  func read(_ value: JSONValue) -> [Double]? { value.logProbabilities(of: options.count) }
}

extension JSONValue {
  /// A list of log probabilities in which null is −∞; `nil` where it is none, or all are null.
  ///
  /// - Parameter count: How many there must be.
  /// - Returns: The numbers.
  func logProbabilities(of count: Int) -> [Double]? {
    guard case .array(let values) = self, values.count == count else { return nil }
    let numbers = values.compactMap { value -> Double? in
      switch value {
      case .number(let number): number
      case .null: -.infinity
      default: nil
      }
    }
    return numbers.count == count && numbers.contains(where: \.isFinite) ? numbers : nil
  }
}
