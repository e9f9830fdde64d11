/// A tokenizer file that cannot be used: which file, where in it, and what is the matter.
public struct TokenizerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path of the file, or of the directory where a file is missing.
  public let file: String
  /// Where in the file: a JSON path such as `model.merges[3]`, a `line:column`, or nothing.
  public let place: String?
  /// What was seen, what is allowed, and what to do next.
  public let message: String

  init(file: String, place: String? = nil, message: String) {
    self.file = file
    self.place = place
    self.message = message
  }

  /// `file: place: message`.
  public var description: String {
    guard let place else { return "\(file): \(message)" }
    return "\(file): \(place): \(message)"
  }
}
