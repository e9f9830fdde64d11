#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Completions of a question, each of which is a vote for the option that it names first.
struct OptionVotes {
  private var completions: [String?]
  private var missing: Int

  /// Votes that were not cast yet.
  ///
  /// - Parameter count: How many there are to be, at least 1.
  init(_ count: Int) {
    completions = Array(repeating: nil, count: count)
    missing = count
  }

  /// Whether all were cast.
  var areAll: Bool { missing == 0 }

  /// What the first of them says.
  var first: String { (completions.first ?? nil) ?? "" }

  /// Takes a vote.
  ///
  /// - Parameters:
  ///   - completion: What a model wrote.
  ///   - vote: The number of the vote, each once.
  mutating func add(_ completion: String, as vote: Int) {
    precondition(completions[vote] == nil, "vote \(vote) twice")
    completions[vote] = completion
    missing -= 1
  }

  /// The votes of each option as log probabilities: of n that name one of k options, log((count + ½) /
  /// (n + k/2)), the mean of Jeffreys's posterior, so that no option is impossible.
  ///
  /// - Parameter names: What the options are called.
  /// - Returns: One number an option; `nil` where no vote names any.
  func logProbabilities(of names: OptionNames) -> [Double]? {
    let named = completions.compactMap { $0.flatMap(names.firstNamed) }
    guard !named.isEmpty else { return nil }
    let options = names.names.count
    return (0..<options).map { option in
      let count = named.count { $0 == option }
      return log((Double(count) + 0.5) / (Double(named.count) + Double(options) / 2))
    }
  }
}
