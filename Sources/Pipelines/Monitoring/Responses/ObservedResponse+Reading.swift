internal import Oversight
public import PreferenceData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ObservedResponse {
  /// Reads logs: an object a row with `prompt` (text or messages), `completion`, and whatever else is known:
  /// `id`, `time` (ISO 8601), `model`, `policy`, `arm`, `finish_reason`, `prompt_tokens`, `completion_tokens`,
  /// `seconds`, `first_token_seconds`, `reward`, `rewards`, `safety` (probabilities by label), `unsafe`,
  /// `stance`, `harmful_prompt`, `biased`, `unfactual` and `feedback`. Other fields are ignored.
  ///
  /// What `attune generate --prompts` writes is read too: a list of completions makes a response each, and a
  /// completion that is null makes none.
  ///
  /// - Parameter paths: Files that end in `.jsonl` or `.json`, perhaps with `.gz`.
  /// - Returns: The responses in order, one at least.
  /// - Throws: `DataError`; for malformed rows one error that tells of all of them.
  public static func read(_ paths: [String]) throws(DataError) -> [ObservedResponse] {
    let responses = try ForeignRows.read(paths, decode: decode)
    guard !responses.isEmpty else {
      throw .nothingLeft(paths: paths, dropped: DroppedRows())
    }
    return responses
  }

  /// Reads one line of a log that grows.
  ///
  /// - Parameters:
  ///   - line: The line, without its line feed.
  ///   - source: Where it stands.
  /// - Returns: The responses, or what is wrong with the line.
  package static func read(
    line: [UInt8], at source: SourceLocation
  ) -> (responses: [ObservedResponse], problems: [RowProblem]) {
    let row = ForeignRows.read(line: line, at: source, decode: decode)
    return (row.values, row.problems)
  }

  private static func decode(_ fields: inout RowDecoder) -> [ObservedResponse] {
    let prompt = fields.passage("prompt", or: "instruction")
    let completions =
      fields.isNull("completion") ? [] : fields.completions(fields.has("completion"))
    var row = ObservedResponse(prompt: prompt ?? .text(""), completion: "")
    row.source = fields.source
    row.id = fields.optionalText("id")
    row.time = fields.time("time")
    row.model = fields.optionalText("model")
    row.policy = fields.optionalText("policy")
    row.arm = fields.optionalText("arm")
    row.finishReason = fields.optionalText("finish_reason")
    row.promptTokens = fields.count("prompt_tokens")
    row.completionTokens = fields.count("completion_tokens")
    row.seconds = fields.number("seconds", in: 0...(.greatestFiniteMagnitude), "0 or more")
    row.firstTokenSeconds = fields.number(
      "first_token_seconds", in: 0...(.greatestFiniteMagnitude), "0 or more")
    row.reward = fields.optionalNumber("reward")
    row.rewards = fields.has("rewards") ? fields.numbers("rewards", count: nil) ?? [] : []
    row.safety = fields.probabilities("safety")
    row.stance = fields.has("stance") ? fields.choice("stance", of: Stance.self) : nil
    row.isUnsafe = fields.flag("unsafe")
    row.isHarmfulPrompt = fields.flag("harmful_prompt")
    row.isBiased = fields.flag("biased")
    row.isUnfactual = fields.flag("unfactual")
    row.feedback = fields.number("feedback", in: -1...1, "a number from −1 to 1")
    return completions.map { text in
      var response = row
      response.completion = text
      return response
    }
  }
}

extension RowDecoder {
  /// One completion or several, as text.
  fileprivate mutating func completions(_ isNamed: Bool) -> [String] {
    let passages =
      isNamed
      ? samples("completion") ?? [] : [passage("completion", or: "response")].compactMap { $0 }
    return passages.map { passage in
      switch passage {
      case .text(let text): text
      case .messages(let messages): messages.map(\.content).joined(separator: "\n")
      }
    }
  }

  fileprivate mutating func time(_ name: String) -> Date? {
    guard let text = optionalText(name) else { return nil }
    let whole = Date.ISO8601FormatStyle()
    let parts = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    if let time = (try? whole.parse(text)) ?? (try? parts.parse(text)) { return time }
    refuse(name, allowed: "a time as ISO 8601 has it, such as \"2026-05-01T09:30:00Z\"")
    return nil
  }

  fileprivate mutating func count(_ name: String) -> Int? {
    guard let number = optionalNumber(name) else { return nil }
    if number >= 0, let count = Int(exactly: number) { return count }
    refuse(name, allowed: "a whole number, 0 or more")
    return nil
  }

  fileprivate mutating func number(
    _ name: String, in range: ClosedRange<Double>, _ allowed: String
  ) -> Double? {
    guard let number = optionalNumber(name) else { return nil }
    if range.contains(number) { return number }
    refuse(name, allowed: allowed)
    return nil
  }

  fileprivate mutating func flag(_ name: String) -> Bool? { has(name) ? boolean(name) : nil }

  fileprivate mutating func probabilities(_ name: String) -> [String: Double] {
    guard let object = optionalObject(name) else { return [:] }
    var probabilities: [String: Double] = [:]
    for member in object.members {
      guard case .number(let number) = member.value, (0...1).contains(number) else {
        refuse(name, allowed: "an object of numbers from 0 to 1")
        return [:]
      }
      probabilities[member.name] = number
    }
    return probabilities
  }
}
