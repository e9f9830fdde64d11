/// What can be wrong with a store of feedback, or with what somebody says. Each case renders as a sentence.
public enum FeedbackError: Error, Sendable, Hashable {
  /// The file is not there.
  case missing(path: String)
  /// The file is no store of feedback.
  case foreign(path: String)
  /// A newer version has written the store.
  case newer(path: String)
  /// The system refuses to open or make the file.
  case unopenable(path: String)
  /// There is no such response.
  case unknownResponse(String)
  /// No feedback has that key.
  case noFeedback(response: String, name: String, identifier: String)
  /// Neither rating nor label, preference, comment or correction.
  case nothingSaid
  /// A rating out of range.
  case rating(Double)
  /// A label that stands for no rating.
  case label(String)
  /// A label and a rating that say the opposite.
  case contradiction(Double, label: String)
  /// The preferred response is not there.
  case unknownPreferred(String)
  /// The preferred response is the one that is spoken of.
  case prefersItself(String)
  /// The preferred response answers another prompt.
  case otherPrompt(response: String, preferred: String)
  /// A text that is too long.
  case long(field: String, bytes: Int, limit: Int)
  /// Too many tags.
  case tags(Int)
  /// A name that is empty, or has control characters.
  case name(field: String)
}

extension FeedbackError: CustomStringConvertible {
  /// What is wrong, what is allowed and what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): there is no such file; give a store that a server has written"
    case .foreign(let path): "\(path): is no store of feedback; give another file"
    case .newer(let path):
      "\(path): was written by a newer version of Attune; use that version, or a newer one"
    case .unopenable(let path):
      "\(path): cannot be opened; check that the folder exists and that you may write there"
    case .unknownResponse(let id):
      "there is no response '\(id)'; give the id of a response that was served and is still kept"
    case .noFeedback(let response, let name, let identifier):
      "there is no feedback '\(name)' of '\(identifier)' about the response '\(response)'"
    case .nothingSaid:
      "the feedback says nothing; give a rating, a label, a preferred response, a comment or a "
        + "correction"
    case .rating(let rating): "rating is \(rating), but must be from -1 to 1"
    case .label(let label):
      "label is '\(label)', but must be one of "
        + FeedbackLabel.allCases.map(\.rawValue).joined(separator: ", ")
    case .contradiction(let rating, let label):
      "rating is \(rating), but label is '\(label)', which says the opposite; give one of them"
    case .unknownPreferred(let id):
      "there is no response '\(id)' that could be preferred; give the id of one that is still kept"
    case .prefersItself(let id):
      "the response '\(id)' cannot be preferred to itself; give the feedback about the one that is "
        + "worse"
    case .otherPrompt(let response, let preferred):
      "the responses '\(response)' and '\(preferred)' answer different prompts, so that neither can "
        + "be preferred to the other"
    case .long(let field, let bytes, let limit):
      "\(field) has \(bytes) bytes, but may have \(limit) at most"
    case .tags(let count): "there are \(count) tags, but may be \(Feedback.tagLimit) at most"
    case .name(let field): "\(field) must have a character at least, and no control characters"
    }
  }
}
