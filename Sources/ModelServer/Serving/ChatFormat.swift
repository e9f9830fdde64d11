public import PreferenceData

/// How a conversation becomes a text that a model continues: the dialogue of 'Human:' and 'Assistant:' of the HH
/// data and the sandbox world, in which `attune chat` talks too.
public enum ChatFormat {
  /// Where the model would go on to speak for the human: a completion ends there.
  public static let stop = DialogueMarks.human

  /// The text of a conversation, ready for the assistant's next turn.
  ///
  /// What the system says stands before the dialogue.
  ///
  /// - Parameter messages: The turns, of the roles system, user and assistant.
  /// - Returns: The text.
  public static func prompt(of messages: [Message]) -> String {
    let system = messages.filter { $0.role == "system" }.map(\.content).joined(separator: "\n\n")
    let turns = messages.filter { $0.role != "system" }.map { message in
      let mark = message.role == "assistant" ? DialogueMarks.assistant : DialogueMarks.human
      return "\(mark) \(message.content)"
    }
    let dialogue = turns.joined() + DialogueMarks.assistant
    return system.isEmpty ? String(dialogue.drop { $0 == "\n" }) : system + dialogue
  }
}
