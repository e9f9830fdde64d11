public import PreferenceData

/// What somebody asks a reward model to judge: `/v1/score`.
///
///     {"model": "reward", "input": [{"prompt": "Say hello.", "completion": "Hello!"}]}
///
/// A prompt is a text or a list of messages; a single object stands for a list of one.
public struct ScoreRequest: Sendable, Hashable {
  /// What a completion answers.
  public enum Prompt: Sendable, Hashable {
    /// A text.
    case text(String)
    /// A conversation.
    case messages([Message])
  }

  /// A completion and what it answers.
  public struct Item: Sendable, Hashable {
    /// What is answered.
    public let prompt: Prompt
    /// The answer.
    public let completion: String
  }

  /// The model's name.
  public let model: String
  /// What is judged, at least one.
  public let items: [Item]
  /// Who is behind the request, as its sender calls them.
  public let user: String?
  /// Which fields have no meaning here.
  public let ignoredFields: IgnoredFields

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - object: The body.
  ///   - limits: What it may ask for at most.
  /// - Throws: ``RequestProblem`` with status 400 that names the field.
  public init(
    _ object: JSONObject, limits: RequestLimits = RequestLimits()
  ) throws(RequestProblem) {
    var fields = RequestFields(object)
    var ignored = IgnoredFields()
    let input = try fields.required("input")
    switch input.value {
    case .object: items = [try Self.item(input, list: nil, &ignored, limits)]
    case .array:
      var items: [Item] = []
      for element in try input.list(1...limits.scores, of: "objects") {
        items.append(try Self.item(element, list: input.path, &ignored, limits))
      }
      self.items = items
    default: throw input.refusal("an object with 'prompt' and 'completion', or a list of them")
    }
    model = try fields.required("model").text(limit: limits.nameCharacters)
    user = try fields["user"]?.text(limit: limits.nameCharacters)
    ignored.add(fields.unknown)
    ignoredFields = ignored
  }

  private static func item(
    _ value: RequestValue, list: String?, _ ignored: inout IgnoredFields, _ limits: RequestLimits
  ) throws(RequestProblem) -> Item {
    var fields = try value.fields()
    let given = try fields.required("prompt")
    let prompt: Prompt
    switch given.value {
    case .string: prompt = .text(try given.text(limit: limits.characters, orEmpty: true))
    case .array:
      prompt = .messages(try ChatMessages.read(given, ignored: &ignored, limits: limits))
    default: throw given.refusal("a text or a list of messages")
    }
    let completion = try fields.required("completion").text(
      limit: limits.characters, orEmpty: true)
    ignored.add(list == nil ? fields.unknown.map { "input.\($0)" } : fields.unknown, of: list)
    return Item(prompt: prompt, completion: completion)
  }
}
