internal import Endpoints
public import PreferenceData

/// A prompt, and what the user goes on to say.
public struct ScriptedDialogue: Sendable, Hashable {
  /// Something that the user may say to an answer.
  public struct FollowUp: Sendable, Hashable {
    /// When it is said.
    public enum Condition: Sendable, Hashable {
      /// To any answer.
      case always
      /// To an answer that has none of these words or phrases.
      case lacking([String])
      /// To an answer that has one of these words or phrases.
      case mentioning([String])

      /// Whether it is said to an answer.
      func holds(for answer: String) -> Bool {
        switch self {
        case .always: true
        case .lacking(let words): !PhraseList(words).occurs(in: answer)
        case .mentioning(let words): PhraseList(words).occurs(in: answer)
        }
      }
    }

    /// What is said.
    public var text: String
    /// When it is said.
    public var condition: Condition
    /// How often it is said at most, at least 1.
    public var times: Int

    /// Something that the user may say.
    ///
    /// - Parameters:
    ///   - text: What is said.
    ///   - condition: When it is said.
    ///   - times: How often at most, at least 1.
    public init(_ text: String, when condition: Condition = .always, times: Int = 1) {
      precondition(times > 0, "a follow-up said \(times) times")
      self.text = text
      self.condition = condition
      self.times = times
    }
  }

  /// What the policy sees first, with the marks of its turn.
  public var prompt: String
  /// What the user may say, in order; one whose condition does not hold is passed over for good.
  public var followUps: [FollowUp]
  /// The further fields of the prompt's row.
  public var fields: JSONObject

  /// A dialogue.
  ///
  /// - Parameters:
  ///   - prompt: What the policy sees first, with the marks of its turn.
  ///   - followUps: What the user may say, in order.
  ///   - fields: The further fields of the prompt's row.
  public init(prompt: String, followUps: [FollowUp] = [], fields: JSONObject = [:]) {
    self.prompt = prompt
    self.followUps = followUps
    self.fields = fields
  }
}

extension ScriptedDialogue {
  /// A dialogue from a row with `prompt` and, if the user goes on, `follow_ups`: a list of texts and
  /// of objects with `text`, `when_lacking` or `when_mentioning` (words) and `times`.
  ///
  /// - Parameter row: The row; its other fields are kept.
  /// - Throws: ``RewardError/badDialogue(field:allowed:)``.
  public init(row: JSONObject) throws(RewardError) {
    guard case .string(let prompt) = row["prompt"], !prompt.isEmpty else {
      throw .badDialogue(field: "prompt", allowed: "a text that is not empty")
    }
    self.init(prompt: prompt)
    switch row["follow_ups"] {
    case nil, .null: break
    case .array(let values):
      for value in values { followUps.append(try FollowUp(value)) }
    default:
      throw .badDialogue(field: "follow_ups", allowed: "a list of texts or objects")
    }
    for member in row.members where !["prompt", "follow_ups"].contains(member.name) {
      fields.set(member.name, to: member.value)
    }
  }
}

extension ScriptedDialogue.FollowUp {
  fileprivate init(_ value: JSONValue) throws(RewardError) {
    if case .string(let text) = value {
      self.init(text)
      return
    }
    guard case .object(let object) = value, case .string(let text) = object["text"] else {
      throw .badDialogue(
        field: "follow_ups", allowed: "a list of texts, or of objects with a 'text'")
    }
    self.init(text)
    for member in object.members {
      switch member.name {
      case "text": continue
      case "when_lacking": condition = .lacking(try Self.words(member))
      case "when_mentioning": condition = .mentioning(try Self.words(member))
      case "times":
        guard case .number(let number) = member.value, let times = Int(exactly: number), times > 0
        else { throw .badDialogue(field: "follow_ups.times", allowed: "a whole number above 0") }
        self.times = times
      default:
        throw .badDialogue(
          field: "follow_ups",
          allowed: "objects of text, when_lacking, when_mentioning and times, but one has "
            + "'\(member.name.oneLine(limit: 40))'")
      }
    }
    guard object["when_lacking"] == nil || object["when_mentioning"] == nil else {
      throw .badDialogue(
        field: "follow_ups", allowed: "objects with 'when_lacking' or 'when_mentioning', not both")
    }
  }

  private static func words(_ member: JSONObject.Member) throws(RewardError) -> [String] {
    let error = RewardError.badDialogue(
      field: "follow_ups.\(member.name)", allowed: "a list of words, each with a letter or digit")
    guard case .array(let values) = member.value, !values.isEmpty else { throw error }
    var words: [String] = []
    for value in values {
      guard case .string(let word) = value, !PhraseList([word]).isEmpty else { throw error }
      words.append(word)
    }
    return words
  }
}
