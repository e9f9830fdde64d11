internal import Objectives
internal import PreferenceData

/// What the options of a question are called, so that they are found in what a model writes: " (A)" is
/// called A. A single letter is found as it is, a word in capitals or small letters too.
struct OptionNames {
  /// One name an option, in order.
  let names: [String]
  private let folded: [String]
  private let words: [[String]]

  /// The names of a question's options.
  ///
  /// - Parameter question: A text and what may follow.
  /// - Throws: ``CompletionError/unnamedOptions(_:)`` where two have one name, or one has none.
  init(_ question: OptionQuestion) throws(CompletionError) {
    names = question.options.map(Self.bare)
    folded = names.map(Self.folded)
    words = names.map(Self.words)
    guard Set(folded).count == names.count, Set(words).count == names.count, !words.contains([])
    else { throw .unnamedOptions(question.options) }
  }

  /// What a server is to continue, so that an option's name follows.
  ///
  /// - Parameters:
  ///   - question: The question of these options.
  ///   - api: The interface.
  /// - Returns: For a chat the text, with the wish for a name alone; else the text with what all options
  ///   begin with, such as " (".
  func prompt(of question: OptionQuestion, for api: CompletionAPI) -> CompletionPrompt {
    switch api {
    case .chat:
      let areLetters = names.allSatisfy { $0.count == 1 && $0.allSatisfy(\.isLetter) }
      let wish = areLetters ? "Answer with the letter alone" : "Answer with one of these alone"
      let list = names.dropLast().joined(separator: ", ") + " or \(names[names.count - 1])"
      return .messages([Message(role: "user", content: "\(question.text)\n\n\(wish): \(list).")])
    case .text: return .text(question.text + Self.opening(of: question.options))
    }
  }

  /// The log probabilities of the options, as far as they are among the most probable tokens.
  ///
  /// - Parameter tokens: Tokens and their log probabilities in nats.
  /// - Returns: One number an option: over all spellings log Σ P, −∞ where there is none; `nil` where there
  ///   is none of any option.
  func logProbabilities(among tokens: [TopToken]) -> [Double]? {
    let spellings = tokens.map { Self.folded(Self.bare($0.text)) }
    let sums = folded.map { name in
      logSumExp(zip(spellings, tokens).filter { $0.0 == name }.map(\.1.logProbability))
    }
    return sums.contains(where: \.isFinite) ? sums : nil
  }

  /// The option that a completion names first.
  ///
  /// - Parameter completion: What a model wrote.
  /// - Returns: Its place; `nil` where none is named.
  func firstNamed(in completion: String) -> Int? {
    let written = Self.words(completion)
    for start in written.indices {
      let named = words.indices.filter { written[start...].starts(with: words[$0]) }
      // Of "not sure" and "not" the longer one is meant.
      if let option = named.max(by: { words[$0].count < words[$1].count }) { return option }
    }
    return nil
  }

  /// A text without brackets and spaces around it, those too that tokenizers write in their own way.
  private static func bare(_ text: String) -> String {
    let isAround = { (character: Character) in
      character.isWhitespace || "()[]{}▁Ġ".contains(character)
    }
    var bare = text.drop(while: isAround)
    while let last = bare.last, isAround(last) { bare.removeLast() }
    return String(bare)
  }

  /// A text as it is compared: "a" is no A, but "yes" is Yes.
  private static func folded(_ text: String) -> String {
    text.count == 1 ? text : text.lowercased()
  }

  private static func words(_ text: String) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber }.map { folded(String($0)) }
  }

  /// What all options begin with, up to where a name or the space before it begins: the tokens that follow
  /// bring their space along.
  private static func opening(of options: [String]) -> String {
    var opening = options[0][...]
    for option in options.dropFirst() {
      opening = opening.prefix(zip(opening, option).prefix { $0 == $1 }.count)
    }
    while let last = opening.last, last.isLetter || last.isNumber { opening.removeLast() }
    while opening.last == " " { opening.removeLast() }
    return String(opening)
  }
}
