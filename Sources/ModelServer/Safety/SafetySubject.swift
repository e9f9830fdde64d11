/// A text that is about to be read: by the model, or by the user.
public enum SafetySubject: Sendable, Hashable {
  /// What the model is asked.
  case prompt(String)
  /// What it has answered so far, and to what.
  case answer(String, to: String)

  /// What it is.
  public var stage: SafetyStage {
    switch self {
    case .prompt: .prompt
    case .answer: .answer
    }
  }

  /// The text itself.
  public var text: String {
    switch self {
    case .prompt(let text), .answer(let text, to: _): text
    }
  }

  /// What a classifier reads of it.
  ///
  /// - Parameter reading: What it reads of an answer.
  /// - Returns: The text; or the prompt and the answer with a blank between them, as safety is evaluated.
  func text(for reading: SafetyPolicy.Classifier.Reading) -> String {
    switch (self, reading) {
    case (.prompt(let text), _), (.answer(let text, to: _), .answer): text
    case (.answer(let text, let prompt), .conversation): "\(prompt) \(text)"
    }
  }
}
