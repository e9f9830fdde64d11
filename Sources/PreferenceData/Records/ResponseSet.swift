/// Several responses to one prompt that people are to compare.
public struct ResponseSet: Sendable, Hashable {
  /// Which response is the right answer, of a set whose answer is known.
  public enum Answer: Sendable, Hashable {
    /// The best is the one at a place.
    case best(Int)
    /// None is better than another.
    case tie
  }

  /// What the responses answer.
  public let prompt: Passage
  /// Two or more.
  public let responses: [Passage]
  /// Which model gave each; `nil` where it is unknown.
  public let models: [String?]
  /// A name that no other set has; `nil` for none.
  public let name: String?
  /// The kind of prompt; `nil` for none.
  public let stratum: String?
  /// The right answer; `nil` where it is not known.
  public let gold: Answer?
  /// Where the row stood.
  public let source: SourceLocation
}

extension ResponseSet {
  /// Reads sets of responses.
  ///
  /// Rows have `prompt` and `responses` (a list), `response_A` and `response_B`, or `chosen` and `rejected`; perhaps `models` (a list) or
  /// `model_A` and `model_B`, `task`, `stratum`, and for a task whose answer is known `gold`: the letter of the best response, or `tie`.
  /// What the rows say of which is better is otherwise left out: people are asked.
  ///
  /// - Parameter path: A file of JSON Lines, a JSON array or CSV, perhaps compressed.
  /// - Returns: The sets in the order of the file.
  /// - Throws: ``DataError``; for rows that cannot be used, one error that tells of all of them.
  public static func read(_ path: String) throws(DataError) -> [ResponseSet] {
    struct Found {
      var sets: [ResponseSet] = []
      var malformed = MalformedRows()
    }
    let pass = try TablePass(
      path,
      fields: .columns([
        "prompt", "responses", "response_A", "response_B", "chosen", "rejected", "models",
        "model_A", "model_B", "task", "stratum", "gold",
      ]), into: Found()
    ) { _ in
      nil
    } add: { found, scanned, _ in
      switch scanned {
      case .problem(let problem): found.malformed.add([problem])
      case .row(let row):
        var fields = RowDecoder(row)
        let set = ResponseSet(from: &fields)
        if let set, fields.problems.isEmpty {
          found.sets.append(set)
        } else {
          found.malformed.add(fields.problems)
        }
      }
    }
    guard pass.state.malformed.count == 0 else { throw .malformed(pass.state.malformed) }
    return pass.state.sets
  }

  private init?(from fields: inout RowDecoder) {
    let prompt = fields.passage("prompt")
    let responses: [Passage]?
    if fields.row["response_A"] != nil || fields.row["response_B"] != nil {
      let (first, second) = (fields.passage("response_A"), fields.passage("response_B"))
      responses = first.flatMap { first in second.map { [first, $0] } }
    } else if fields.row["chosen"] != nil || fields.row["rejected"] != nil {
      let (first, second) = (fields.passage("chosen"), fields.passage("rejected"))
      responses = first.flatMap { first in second.map { [first, $0] } }
    } else {
      responses = fields.passages("responses")
    }
    let models =
      fields.row["models"] == nil
      ? [fields.optionalText("model_A"), fields.optionalText("model_B")]
      : fields.names("models", count: responses?.count)
    let (name, stratum) = (fields.optionalText("task"), fields.optionalText("stratum"))
    let gold = fields.gold(of: responses?.count)
    guard fields.problems.isEmpty, let prompt, let responses else { return nil }
    self.init(
      prompt: prompt, responses: responses,
      models: responses.indices.map { models.indices.contains($0) ? models[$0] : nil },
      name: name, stratum: stratum, gold: gold, source: fields.row.source)
  }
}

extension RowDecoder {
  /// A list of names, some of which may be null.
  fileprivate mutating func names(_ name: String, count: Int?) -> [String?] {
    guard let value = row[name], case .array(let values) = value,
      count.map({ $0 == values.count }) ?? true
    else {
      refuse(name, allowed: "a list of names, one a response")
      return []
    }
    return values.map { value in
      if case .string(let text) = value { return text }
      if value != .null { refuse(name, allowed: "names that are text, or null") }
      return nil
    }
  }

  fileprivate mutating func gold(of count: Int?) -> ResponseSet.Answer? {
    guard row["gold"] != nil else { return nil }
    let letters = (0..<(count ?? 2)).map {
      String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0 % 26)))
    }
    if case .string(let text) = row["gold"] {
      if text == "tie" { return .tie }
      if let place = letters.firstIndex(of: text) { return .best(place) }
    }
    refuse("gold", allowed: "\"tie\", or the letter of the best response: \(letters.quotedList)")
    return nil
  }
}
