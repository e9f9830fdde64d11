/// Which fields of a request have no meaning here. They do no harm, but who sends them should know.
public struct IgnoredFields: Sendable, Hashable {
  /// The names of the first of them in order, each once: `store`, `messages[].name`.
  public private(set) var names: [String] = []

  private static let mostNames = 8
  private static let mostCharacters = 40

  init(_ names: [String] = []) { add(names) }

  /// Adds names, those of elements of a list under one name for all elements.
  mutating func add(_ others: [String], of list: String? = nil) {
    for name in others {
      let full = list.map { "\($0)[].\(name)" } ?? name
      if !names.contains(full), names.count <= Self.mostNames { names.append(full) }
    }
  }

  /// The text of a header that warns of them, or `nil` if there are none. Of names that a header
  /// could not hold, or that are not like one, there is nothing in it but `?`.
  public var warning: String? {
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(Self.mostNames).map { name in
      String(
        name.unicodeScalars.prefix(Self.mostCharacters).map { scalar -> Character in
          switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "[", "]": Character(scalar)
          default: "?"
          }
        })
    }
    let more = names.count > Self.mostNames ? ", and more" : ""
    return "ignored: \(shown.joined(separator: ", "))\(more)"
  }
}
