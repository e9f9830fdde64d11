internal import PreferenceData

extension JSONObject {
  /// A finite number, also as the text that a cell of CSV is.
  func number(_ name: String) -> Double? {
    let number: Double? =
      switch self[name] {
      case .number(let number)?: number
      case .string(let text)?: Double(text)
      default: nil
      }
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  /// A text; a number or a Boolean as text.
  func label(_ name: String) -> String? {
    switch self[name] {
    case .string(let text)?: text
    case .number(let number)?: Int(exactly: number).map(String.init) ?? "\(number)"
    case .boolean(let value)?: "\(value)"
    case .array?, .object?, .null?, nil: nil
    }
  }

  /// A list of finite numbers.
  func numbers(_ name: String) -> [Double]? {
    guard case .array(let values)? = self[name] else { return nil }
    let numbers = values.compactMap { value -> Double? in
      guard case .number(let number) = value, number.isFinite else { return nil }
      return number
    }
    return numbers.count == values.count ? numbers : nil
  }
}
