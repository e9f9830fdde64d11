import PreferenceData

/// What `--json` prints: one object on one line, members in the order given.
struct JSONReport: Equatable, Sendable {
  private var object: JSONObject = [:]

  /// A report without members.
  init() {}

  /// Adds a member at the end.
  mutating func add(_ name: String, _ value: JSONValue) { object.set(name, to: value) }

  /// Adds a count.
  mutating func add(_ name: String, _ value: Int) { add(name, .number(Double(value))) }

  /// Adds a text; null where there is none.
  mutating func add(_ name: String, _ value: String?) {
    add(name, value.map(JSONValue.string) ?? .null)
  }

  /// Adds a number; one that JSON cannot say is null.
  mutating func add(_ name: String, _ value: Double) {
    add(name, value.isFinite ? .number(value) : .null)
  }

  /// Adds an object.
  mutating func add(_ name: String, _ value: JSONReport) { add(name, value.value) }

  /// Adds a list of objects.
  mutating func add(_ name: String, _ values: [JSONReport]) {
    add(name, .array(values.map(\.value)))
  }

  /// The report as a value inside another.
  var value: JSONValue { .object(object) }

  /// The report as text, without a line feed at the end.
  var line: String {
    guard let text = value.text else { preconditionFailure("a number in \(self) is not finite") }
    return text
  }
}
