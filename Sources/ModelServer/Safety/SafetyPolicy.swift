/// What a server reads before the model and before the user do, and what it does with what it finds: the
/// content of a safety file.
///
///     mode: enforce
///     on_failure: closed
///     time_limit: 2
///     window: 24
///     refusal: I cannot help with that.
///     lexicon: harm
///     classifiers:
///     - {path: classifiers/harm, label: harmful, threshold: 0.5}
///     prompt: {action: refuse}
///     answer: {action: refuse}
public struct SafetyPolicy: Sendable, Hashable {
  /// Whether verdicts are followed.
  public enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
    /// They are.
    case enforce
    /// They are recorded, and change nothing.
    case shadow
  }

  /// What a check means that fails, or that takes too long.
  public enum Failure: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same as if it had found something.
    case closed
    /// The same as if it had found nothing.
    case open
  }

  /// A list of words that the program brings.
  public enum ShippedLexicon: String, Sendable, Hashable, Codable, CaseIterable {
    /// Words of violence, weapons, crime, drugs, abuse and hurting oneself.
    case harm
  }

  /// A trained classifier that reads along.
  public struct Classifier: Sendable, Hashable {
    /// What it reads of an answer; of a prompt it is the prompt.
    public enum Reading: String, Sendable, Hashable, Codable, CaseIterable {
      /// The answer alone.
      case answer
      /// The prompt and the answer, for a classifier that has learnt from conversations.
      case conversation
    }

    /// Its folder, as `attune classifier train` has written it.
    public var path: String
    /// The label that is bad; `nil` for the only one.
    public var label: String?
    /// What verdicts call it; `nil` for the label, or the last part of the path where none is given.
    public var name: String?
    /// The probability from which on it has found something; `nil` for the classifier's own.
    public var threshold: Double?
    /// What it reads of an answer.
    public var reads: Reading

    /// A classifier.
    ///
    /// - Parameters:
    ///   - path: Its folder.
    ///   - label: The label that is bad; `nil` for the only one.
    ///   - name: What verdicts call it; `nil` for the label, or the last part of the path.
    ///   - threshold: The probability from which on it has found something, above 0 and at most 1; `nil`
    ///     for the classifier's own.
    ///   - reads: What it reads of an answer.
    public init(
      path: String, label: String? = nil, name: String? = nil, threshold: Double? = nil,
      reads: Reading = .answer
    ) {
      (self.path, self.label, self.name) = (path, label, name)
      (self.threshold, self.reads) = (threshold, reads)
    }

    /// What verdicts call it.
    public var title: String {
      name ?? label ?? path.split(separator: "/").last.map(String.init) ?? path
    }
  }

  /// Whether verdicts are followed.
  public var mode = Mode.enforce
  /// What a check means that fails, or that takes too long.
  public var onFailure = Failure.closed
  /// Seconds that a verdict may take, above 0 and at most ``longestTime``.
  public var timeLimit = 2.0
  /// Tokens of a stream that are held back behind what has been checked.
  public var window = 24
  /// What stands in place of what is refused.
  public var refusal = SafetyPolicy.usualRefusal
  /// A list of words; `nil` for none.
  public var lexicon: ShippedLexicon?
  /// The classifiers that read along.
  public var classifiers: [Classifier] = []
  /// What is done with a prompt in which something was found.
  public var prompt = SafetyAction.refuse
  /// What is done with an answer in which something was found.
  public var answer = SafetyAction.refuse

  /// A policy with what is usual, which checks nothing yet.
  public init() {}

  /// What is said where nothing else is set.
  public static let usualRefusal = "I cannot help with that."

  /// What is done at a stage with a text in which something was found.
  ///
  /// - Parameter stage: What the text is.
  /// - Returns: ``SafetyAction/allow`` where it is not even read.
  public func action(at stage: SafetyStage) -> SafetyAction {
    switch stage {
    case .prompt: prompt
    case .answer: answer
    }
  }

  /// Whether an answer waits until it has been checked.
  public var holdsAnswers: Bool { mode == .enforce && answer.stopsText }
}
