internal import PreferenceData

/// A value of a request and where it stands, which every refusal of it names.
struct RequestValue {
  /// Where it stands, such as `messages[2].content`.
  let path: String
  /// The value, never null.
  let value: JSONValue

  /// The refusal of the value.
  func refusal(_ allowed: String) -> RequestProblem {
    .invalid(path, "'\(path)' is \(value.summary), but must be \(allowed).")
  }

  /// A text.
  func text(limit: Int, orEmpty mayBeEmpty: Bool = false) throws(RequestProblem) -> String {
    guard case .string(let text) = value else { throw refusal("a text") }
    guard text.unicodeScalars.count <= limit else {
      throw .invalid(path, "'\(path)' has more than \(limit) characters, which is the limit.")
    }
    guard mayBeEmpty || !text.isEmpty else {
      throw .invalid(path, "'\(path)' is empty. Leave it out, or give a text.")
    }
    return text
  }

  /// A number within bounds.
  func number(_ range: ClosedRange<Double>) throws(RequestProblem) -> Double {
    guard case .number(let number) = value, range.contains(number) else {
      throw refusal(
        "a number from \(Self.words(range.lowerBound)) to \(Self.words(range.upperBound))")
    }
    return number
  }

  /// A number above 0, up to a bound.
  func positiveNumber(atMost bound: Double) throws(RequestProblem) -> Double {
    guard case .number(let number) = value, number > 0, number <= bound else {
      throw refusal("a number above 0 and at most \(Self.words(bound))")
    }
    return number
  }

  /// A whole number within bounds.
  func integer(_ range: ClosedRange<Int>) throws(RequestProblem) -> Int {
    guard case .number(let number) = value, let integer = Int(exactly: number),
      range.contains(integer)
    else { throw refusal("a whole number from \(range.lowerBound) to \(range.upperBound)") }
    return integer
  }

  /// A whole number of 64 bits. JSON's numbers are read as Doubles, so that those beyond 2⁵³ are
  /// rounded; the same one always to the same.
  func anyInteger() throws(RequestProblem) -> Int64 {
    if case .number(let number) = value {
      if let integer = Int64(exactly: number) { return integer }
      // The largest ones are rounded up to 2⁶³.
      if number == 0x1p63 { return .max }
    }
    throw refusal("a whole number of 64 bits")
  }

  /// True or false.
  func flag() throws(RequestProblem) -> Bool {
    guard case .boolean(let flag) = value else { throw refusal("true or false") }
    return flag
  }

  /// A list with its elements' places. A null is an element and refused by what reads it.
  func list(_ range: ClosedRange<Int>, of things: String) throws(RequestProblem) -> [RequestValue] {
    guard case .array(let values) = value else { throw refusal("a list of \(things)") }
    guard range.contains(values.count) else {
      throw .invalid(
        path,
        "'\(path)' is a list of \(values.count), but must have from \(range.lowerBound) to "
          + "\(range.upperBound) \(things).")
    }
    return values.enumerated().map { RequestValue(path: "\(path)[\($0)]", value: $1) }
  }

  /// An object's fields.
  func fields() throws(RequestProblem) -> RequestFields {
    guard case .object(let object) = value else { throw refusal("an object") }
    return RequestFields(object, path: path)
  }

  /// Whether it says no more than leaving it out: an empty list, an empty object, or one of a few
  /// values.
  func isVoid(_ others: [JSONValue]) -> Bool {
    switch value {
    case .array([]): true
    case .object(let object) where object.members.isEmpty: true
    default: others.contains(value)
    }
  }

  private static func words(_ bound: Double) -> String {
    Int(exactly: bound).map(String.init) ?? "\(bound)"
  }
}
