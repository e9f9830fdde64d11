/// How Anthropic's HH data and the sandbox world write a dialogue as one text.
///
///     Human: Hi
///
///     Assistant: Hello
public enum DialogueMarks {
  /// What a turn of the human begins with, except at the very beginning of some texts.
  public static let human = "\n\nHuman:"
  /// What a turn of the assistant begins with; it belongs to the prompt.
  public static let assistant = "\n\nAssistant:"
  /// Before what is asked of a critic, about the answer above.
  public static let critiqueRequest = "\n\nCritiqueRequest:"
  /// Before what is asked of a reviser, about the critique above.
  public static let revisionRequest = "\n\nRevisionRequest:"
}
