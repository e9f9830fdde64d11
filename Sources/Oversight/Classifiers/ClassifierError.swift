/// Why a classifier cannot be trained, saved or read. Each case renders as a sentence.
public enum ClassifierError: Error, Sendable, Hashable {
  /// No text has the label.
  case unknownLabel(String, known: [String])
  /// The label is there with too few prompts on one side to be learnt and checked.
  case tooFewPrompts(label: String, positive: Int, negative: Int)
  /// There is no classifier in a folder.
  case missing(directory: String)
  /// There is one, and not as it was written.
  case damaged(path: String, problem: String)
  /// It was written by a later version.
  case newer(path: String, format: Int, known: Int)
  /// A classifier that reads texts was given a model.
  case readsTexts(directory: String)
  /// There is one already.
  case exists(directory: String)
  /// The system refused to write it.
  case unwritable(path: String, reason: String)
  /// An encoder gives vectors of another length than those that were learnt from.
  case otherWidth(seen: Int, known: Int)
  /// A hidden state of a model is no number.
  case notFinite(text: Int)
}

extension ClassifierError: CustomStringConvertible {
  /// Full sentences that say what was seen and what to do next.
  public var description: String {
    switch self {
    case .unknownLabel(let label, let known):
      "no text has the label '\(label)'; "
        + (known.isEmpty ? "none has any" : "there are \(known.joined(separator: ", "))")
    case .tooFewPrompts(let label, let positive, let negative):
      "the label '\(label)' is true of texts of \(positive) prompts and false of texts of "
        + "\(negative); at least 2 of each are needed, so that what is learnt can be checked"
    case .missing(let directory):
      "\(directory): there is no classifier.json; give a folder that attune classifier train has "
        + "written"
    case .damaged(let path, let problem): "\(path): \(problem); copy or train it again"
    case .newer(let path, let format, let known):
      "\(path): is of format \(format), and this version knows \(known); use a newer version, or "
        + "train it again"
    case .readsTexts(let directory):
      "\(directory): reads texts, and not hidden states of a model; leave the model out"
    case .exists(let directory):
      "\(directory): there is a classifier already; give another folder, or allow to overwrite it"
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason); check that its folder is writable and has room"
    case .otherWidth(let seen, let known):
      "the model gives vectors of \(seen) numbers, and the classifier has learnt from \(known); "
        + "give the model that it was trained on"
    case .notFinite(let text):
      "the hidden state of text \(text) is not finite; the model may be broken"
    }
  }
}

/// What a classifier reads.
public enum ClassifierKind: String, Sendable, Hashable, Codable {
  /// Words and letters of texts.
  case text
  /// Hidden states of a model.
  case probe
}
