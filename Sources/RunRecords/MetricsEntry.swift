/// The numbers of one logged step.
public struct MetricsEntry: Equatable, Sendable {
  /// Optimizer steps done.
  public var step: Int
  /// The numbers by name; `step` is not among them.
  public var values: [MetricName: Double]

  /// The numbers of a step.
  public init(step: Int, values: [MetricName: Double]) {
    self.step = step
    self.values = values
  }

  /// The entry as one line of JSON Lines, without the line feed.
  ///
  /// `step` comes first, then the names in reading order. A number has the fewest digits that read
  /// back as the same Double. JSON has no word for numbers that are none: they are written as the
  /// texts `"NaN"`, `"Infinity"` and `"-Infinity"`, so that every line stays valid JSON and a
  /// diverging run shows where it diverged.
  var jsonLine: String {
    var line = "{\"\(MetricName.step.rawValue)\":\(step)"
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      line += ",\(jsonText(name.rawValue)):\(Self.json(value))"
    }
    return line + "}"
  }

  private static func json(_ value: Double) -> String {
    if value.isNaN { return "\"\(NonFinite.notANumber)\"" }
    if value.isInfinite {
      return value > 0 ? "\"\(NonFinite.infinity)\"" : "\"\(NonFinite.negativeInfinity)\""
    }
    return value.description
  }
}

/// How numbers that JSON cannot write are spelled.
enum NonFinite {
  static let notANumber = "NaN"
  static let infinity = "Infinity"
  static let negativeInfinity = "-Infinity"
}

/// A text as a JSON literal with its quotation marks.
func jsonText(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": literal += "\\\""
    case "\\": literal += "\\\\"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}
