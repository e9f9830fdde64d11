/// Facts for a person, a line each: a name and, in a column of their own, what it is.
struct FactList {
  private var facts: [(name: String, value: String)] = []

  /// Adds a fact.
  mutating func add(_ name: String, _ value: String) { facts.append((name, value)) }

  /// The facts as text, without a line feed at the end.
  func rendered() -> String {
    let width = facts.map(\.name.count).max() ?? 0
    return facts.map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + value
    }.joined(separator: "\n")
  }
}
