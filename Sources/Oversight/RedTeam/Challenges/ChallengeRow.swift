internal import PreferenceData

/// A row of a suite, taken for a challenge.
///
/// `prompt` is required; `id`, `pair`, `category`, `harmful` and `held_out` have values that stand for
/// them.
struct ChallengeRow {
  private let row: Prompt
  /// What is wrong with it; empty where nothing is.
  private(set) var problems: [RowProblem] = []
  /// The challenge; `nil` where something is wrong.
  private(set) var challenge: Challenge?

  /// Takes a row.
  ///
  /// - Parameters:
  ///   - row: A prompt with its further fields.
  ///   - number: Which row it is, from 1.
  init(_ row: Prompt, number: Int) {
    self.row = row
    let id = text("id") ?? "row-\(number)"
    let (pair, category) = (text("pair"), text("category"))
    let (harmful, heldOut) = (boolean("harmful"), boolean("held_out"))
    switch row.prompt {
    case .messages:
      note(
        "prompt", seen: "a list of messages", allowed: "text",
        remedy: "write a conversation as one text, its turns after \"\\n\\nHuman:\" and "
          + "\"\\n\\nAssistant:\"")
    case .text(let prompt) where problems.isEmpty:
      challenge = Challenge(
        id: id, pair: pair, category: category ?? Challenge.uncategorized,
        isHarmful: harmful ?? true, isHeldOut: heldOut ?? false, prompt: prompt, source: row.source)
    case .text: break
    }
  }

  /// The text of a field; `nil` where there is none, or white space alone.
  private mutating func text(_ name: String) -> String? {
    switch row.fields[name] {
    case nil, .null?: return nil
    case .string(let text)?: return text.trimmed.isEmpty ? nil : text
    case let value?:
      note(name, seen: value.summary, allowed: "text", remedy: "write it in quotes")
      return nil
    }
  }

  private mutating func boolean(_ name: String) -> Bool? {
    switch row.fields[name] {
    case nil, .null?: return nil
    case .boolean(let value)?: return value
    case let value?:
      note(
        name, seen: value.summary, allowed: "true or false",
        remedy: "write true or false unquoted, or leave the field out")
      return nil
    }
  }

  private mutating func note(_ field: String, seen: String, allowed: String, remedy: String) {
    problems.append(
      RowProblem(
        source: row.source, field: field, seen: seen, allowed: allowed, remedy: remedy))
  }
}
