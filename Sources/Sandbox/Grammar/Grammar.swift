#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A probabilistic grammar without recursion, written as one expression: every text that it can
/// make has an exact probability.
///
///     let greeting = Grammar.sequence([
///       .text("Hello"), .weighted([(0.75, .text(".")), (0.25, .text("!"))]),
///     ])
///     greeting.logProbability(of: "Hello!")  // log 0.25
///
/// A text may have several derivations: its probability is the sum of theirs. Marks make no text;
/// they say which way a sample went.
public indirect enum Grammar: Sendable {
  /// The bytes of a text, as they stand.
  case terminal([UInt8])
  /// No text, but a note in the derivation.
  case mark(DerivationMark)
  /// One part after the other, drawn independently.
  case sequence([Grammar])
  /// One of several, by their probabilities.
  case choice([Branch])
  /// What is made only when it is reached: a world of many contents need not be held whole.
  case deferred(@Sendable () -> Grammar)

  /// One of the ways that a choice can go.
  public struct Branch: Sendable {
    let probability: Double
    let logProbability: Double
    let grammar: Grammar
  }
}

extension Grammar {
  /// Nothing at all.
  public static var empty: Grammar { .sequence([]) }

  /// A text as it stands.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The grammar of that one text.
  public static func text(_ text: String) -> Grammar { .terminal(Array(text.utf8)) }

  /// One of several with the given odds.
  ///
  /// - Parameter branches: Weights above 0, of any sum, with what they lead to; at least one.
  /// - Returns: A choice whose probabilities sum to 1.
  public static func weighted(_ branches: [(Double, Grammar)]) -> Grammar {
    let total = branches.reduce(0) { $0 + $1.0 }
    precondition(
      !branches.isEmpty && branches.allSatisfy { $0.0 > 0 } && total.isFinite,
      "weights of a choice must be above 0, not \(branches.map(\.0))")
    return .choice(
      branches.map { weight, grammar in
        let probability = weight / total
        return Branch(
          probability: probability, logProbability: log(probability), grammar: grammar)
      })
  }

  /// One of several, each equally likely.
  ///
  /// - Parameter branches: At least one.
  /// - Returns: A choice.
  public static func uniform(_ branches: [Grammar]) -> Grammar {
    precondition(!branches.isEmpty, "a choice needs a branch")
    let probability = 1 / Double(branches.count)
    let logProbability = log(probability)
    return .choice(
      branches.map {
        Branch(probability: probability, logProbability: logProbability, grammar: $0)
      })
  }

  /// One of several texts, each equally likely.
  ///
  /// - Parameter texts: At least one.
  /// - Returns: A choice of texts.
  static func oneOf(_ texts: [String]) -> Grammar { uniform(texts.map(Grammar.text)) }

  /// Every text in the grammar's terminals, through all that is deferred.
  func forEachTerminal(_ body: ([UInt8]) -> Void) {
    switch self {
    case .terminal(let bytes): body(bytes)
    case .mark: break
    case .sequence(let parts): for part in parts { part.forEachTerminal(body) }
    case .choice(let branches): for branch in branches { branch.grammar.forEachTerminal(body) }
    case .deferred(let make): make().forEachTerminal(body)
    }
  }
}
