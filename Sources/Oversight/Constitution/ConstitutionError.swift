/// Why a constitution cannot be used, as a sentence.
public enum ConstitutionError: Error, Sendable, Hashable {
  /// There is no principle.
  case empty
  /// A principle is of no use.
  case principle(place: Int, name: String, problem: String)
  /// Two principles have one name.
  case twice(String)
  /// No principle has any of the tags.
  case noneTagged([String], known: [String])
  /// No principle asks for what is to be done.
  case noRequest(Use)

  /// A file is none of the paper's.
  case foreign(path: String)

  /// What a principle is used for.
  public enum Use: Sendable, Hashable {
    /// Critique and revision.
    case revision
    /// Comparison.
    case comparison
  }
}

extension ConstitutionError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .empty: "the constitution has no principles; give at least one"
    case .principle(let place, let name, let problem):
      name.isEmpty ? "principle \(place) \(problem)" : "principle \(place), '\(name)', \(problem)"
    case .twice(let name): "two principles are called '\(name)'; give each a name of its own"
    case .noneTagged(let tags, let known):
      "no principle has the tag \(tags.map { "'\($0)'" }.joined(separator: " or ")); "
        + (known.isEmpty ? "none has any" : "there are \(known.joined(separator: ", "))")
    case .noRequest(.revision):
      "no principle has a critique and a revision, by which answers could be revised"
    case .foreign(let path):
      "\(path): is no JSON of the files of principles that were published with Constitutional AI; write "
        + "principles of your own as YAML, as attune constitution show does"
    case .noRequest(.comparison):
      "no principle has a comparison, by which answers could be compared"
    }
  }
}
