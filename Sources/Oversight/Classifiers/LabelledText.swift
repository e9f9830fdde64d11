public import PreferenceData

/// A text and what is true of it.
public struct LabelledText: Sendable, Hashable {
  /// Where labels come from.
  public enum Origin: Sendable, Hashable {
    /// Somebody said so of the text.
    case stated
    /// Another text was preferred to it, or it to another: both can be harmful, or neither.
    case preference
  }

  /// The text: with a prompt, this and the completion.
  public var text: String
  /// Which labels are true of it and which are false; of others nothing is known.
  public var labels: [String: Bool]
  /// What it must stay together with in splits: how its dialogue begins.
  public var group: String
  /// Where the labels come from.
  public var origin: Origin
  /// Where the row stood.
  public var source: SourceLocation

  /// A text.
  ///
  /// - Parameters:
  ///   - text: The text: with a prompt, this and the completion.
  ///   - labels: Which labels are true of it and which are false.
  ///   - group: What it must stay together with in splits; `nil` for how its dialogue begins.
  ///   - origin: Where the labels come from.
  ///   - source: Where the row stood.
  public init(
    _ text: String, labels: [String: Bool], group: String? = nil, origin: Origin = .stated,
    source: SourceLocation
  ) {
    self.text = text
    self.labels = labels
    self.group = group ?? text.opening
    self.origin = origin
    self.source = source
  }
}

extension String {
  /// What stands before the first answer of a dialogue; the whole of a text that is none.
  ///
  /// Data of dialogues hold the same one after its second turn and after its third.
  var opening: String {
    let end = utf8.firstRange(of: DialogueMarks.assistant.utf8)?.lowerBound ?? endIndex
    return String(self[..<end]).trimmed
  }
}

extension Passage {
  /// The passage as one text: messages as a dialogue with the marks of `DialogueMarks`.
  package var dialogue: String {
    switch self {
    case .text(let text): text
    case .messages(let messages):
      messages.map { message in
        switch message.role {
        case "user": "\(DialogueMarks.human) \(message.content)"
        case "assistant": "\(DialogueMarks.assistant) \(message.content)"
        default: message.content
        }
      }.joined()
    }
  }
}
