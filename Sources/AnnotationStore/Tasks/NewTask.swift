public import PreferenceData

/// A task that is to be asked.
public struct NewTask: Sendable, Hashable {
  /// A response that is to be judged.
  public struct Response: Sendable, Hashable {
    /// What it says.
    public var text: Passage
    /// Which model gave it, which nobody who judges sees.
    public var model: String?

    /// A response.
    ///
    /// - Parameters:
    ///   - text: What it says.
    ///   - model: Which model gave it.
    public init(_ text: Passage, model: String? = nil) {
      self.text = text
      self.model = model
    }
  }

  /// A name that no other task has; `nil` for one that follows from what is asked.
  public var name: String?
  /// What the responses answer.
  public var prompt: Passage
  /// Two or more.
  public var responses: [Response]
  /// The kind of task, of which there should be some of each at any time.
  public var stratum = ""
  /// How many people judge it; `nil` for as many as the project says.
  public var overlap: Int?
  /// The right answer, for a task that tells how good somebody is; `nil` for one that is asked in earnest.
  public var gold: Verdict?

  /// A task.
  ///
  /// - Parameters:
  ///   - prompt: What the responses answer.
  ///   - responses: Two or more.
  public init(prompt: Passage, responses: [Response]) {
    self.prompt = prompt
    self.responses = responses
  }

  /// A name that the same prompt with the same responses always has.
  var contentName: String {
    "task-"
      + ([prompt] + responses.map(\.text)).map(\.json).joined(separator: "\n").sha256.prefix(12)
  }

  func validate(as name: String) throws(AnnotationError) {
    func require(_ holds: Bool, _ problem: String) throws(AnnotationError) {
      if !holds { throw .task(name: name, problem: problem) }
    }
    try require(name.count <= 200, "has a name of more than 200 characters")
    for text in [name, stratum] + responses.compactMap(\.model) {
      try require(
        !text.hasControlCharacters,
        "has a control character in its name, its stratum or the name of a model")
    }
    try require(!prompt.isBlank, "has an empty prompt")
    try require(
      (2...9).contains(responses.count),
      "has \(responses.count) responses, but must have 2 to 9")
    try require(
      Set(responses.map(\.text)).count > 1,
      "has responses that are all the same, so that there is nothing to judge")
    if let overlap {
      try require((1...100).contains(overlap), "has overlap \(overlap), but it must be 1 to 100")
    }
    if let gold {
      do {
        try gold.validate(responses: responses.count, strengths: 1)
      } catch {
        throw .task(name: name, problem: "has a right answer that does not fit: \(error)")
      }
    }
  }
}
