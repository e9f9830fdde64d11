internal import PreferenceData

/// A question that somebody has typed, as the model is given it.
public struct AskedPrompt: Sendable, Hashable {
  /// The most characters of a question.
  public static let longest = 400

  /// The question alone.
  public let question: String
  /// `Human: …\n\nAssistant:`, which answers continue.
  public var text: String { "\(Self.opening)\(question)\(Self.ending)" }

  private static let opening = "\(DialogueMarks.human.drop { $0 == "\n" }) "
  private static let ending = DialogueMarks.assistant

  /// Reads what somebody has typed.
  ///
  /// - Parameter typed: One line; blanks around it count for nothing.
  /// - Throws: ``StudioError`` for nothing, too much, or what is no text.
  public init(typed: String) throws(StudioError) {
    var question = typed.drop(while: \.isWhitespace)
    while question.last?.isWhitespace == true { question.removeLast() }
    guard !question.isEmpty else { throw .emptyPrompt }
    // One character can have any number of code points.
    let count = question.unicodeScalars.count
    guard count <= Self.longest else { throw .longPrompt(count) }
    guard !question.unicodeScalars.contains(where: Self.isOdd) else { throw .oddPrompt }
    self.question = String(question)
  }

  /// The question of a prompt as the model is given it.
  ///
  /// - Parameter prompt: Any text.
  /// - Returns: The text without the marks of who speaks, where it has them.
  public static func question(of prompt: String) -> String {
    var text = prompt[...]
    if text.hasPrefix(opening) { text = text.dropFirst(opening.count) }
    if text.hasSuffix(ending) { text = text.dropLast(ending.count) }
    return String(text)
  }

  private static func isOdd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
