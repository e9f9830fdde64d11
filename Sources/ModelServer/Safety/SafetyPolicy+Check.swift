extension SafetyPolicy {
  /// Checks what files may have wrong.
  ///
  /// - Throws: ``SafetyPolicyError``.
  public func check() throws(SafetyPolicyError) {
    guard timeLimit > 0, timeLimit <= Self.longestTime else { throw .timeLimit(timeLimit) }
    guard Self.windows.contains(window) else { throw .window(window) }
    guard !refusal.allSatisfy(\.isWhitespace) else { throw .noRefusal }
    guard lexicon != nil || !classifiers.isEmpty else { throw .nothingReads }
    guard prompt != .allow || answer != .allow else { throw .nothingIsRead }
    var names: Set<String> = []
    for classifier in classifiers {
      guard !classifier.path.allSatisfy(\.isWhitespace) else { throw .noPath }
      guard !classifier.title.allSatisfy(\.isWhitespace) else { throw .unnamed }
      guard names.insert(classifier.title).inserted else { throw .twice(classifier.title) }
      if let threshold = classifier.threshold, !(threshold > 0 && threshold <= 1) {
        throw .threshold(threshold, classifier: classifier.title)
      }
    }
  }

  /// The most seconds that a verdict may take.
  public static let longestTime = 600.0

  /// How many tokens may be held back.
  public static let windows = 0...4096
}

/// Why a safety policy cannot be followed, as a sentence.
public enum SafetyPolicyError: Error, Sendable, Hashable {
  /// A verdict has no time that there is.
  case timeLimit(Double)
  /// The window is none.
  case window(Int)
  /// There are no words to refuse with.
  case noRefusal
  /// There is neither a list of words nor a classifier.
  case nothingReads
  /// Both stages allow everything.
  case nothingIsRead
  /// A classifier has no folder.
  case noPath
  /// A classifier has no name.
  case unnamed
  /// Two classifiers have one name.
  case twice(String)
  /// A threshold is no probability.
  case threshold(Double, classifier: String)
  /// A classifier does not have the label.
  case unknownLabel(String, known: [String], path: String)
  /// A classifier has several labels, and none is named.
  case severalLabels([String], path: String)
}

extension SafetyPolicyError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .timeLimit(let seconds):
      "time_limit is \(seconds), but must be above 0 and at most \(Int(SafetyPolicy.longestTime)), in "
        + "seconds; 2 is usual"
    case .window(let window):
      "window is \(window), but must be from \(SafetyPolicy.windows.lowerBound) to "
        + "\(SafetyPolicy.windows.upperBound) tokens; 24 is usual"
    case .noRefusal: "refusal is empty; give the words that are said instead, or leave it out"
    case .nothingReads:
      "the safety policy has neither classifiers nor a lexicon, and would let everything pass; give "
        + "at least one"
    case .nothingIsRead:
      "the safety policy allows every prompt and every answer; give one of them another action, or "
        + "leave the policy out"
    case .noPath: "a classifier has an empty path; give the folder that it was saved in"
    case .unnamed: "a classifier has an empty name; give it one, or leave 'name' out"
    case .twice(let name):
      "two classifiers are called '\(name)'; give each a 'name' of its own"
    case .threshold(let threshold, let name):
      "classifier '\(name)' has the threshold \(threshold), but a probability above 0 and at most 1 "
        + "is needed; leave it out for the classifier's own"
    case .unknownLabel(let label, let known, let path):
      "\(path): there is no label '\(label)'; there is \(Self.list(known))"
    case .severalLabels(let labels, let path):
      "\(path): there are the labels \(Self.list(labels)); say with 'label' which of them is bad"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
