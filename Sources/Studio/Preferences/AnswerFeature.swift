public import Sandbox

/// Something by which people may tell a better answer from a worse one.
public enum AnswerFeature: String, Sendable, Hashable, CaseIterable {
  /// It gives what was asked for.
  case helpful
  /// It hurts nobody.
  case harmless
  /// It is true, and as certain as it may be.
  case honest
  /// Its words.
  case length
  /// Insults.
  case insults
  /// Flattery.
  case flattery
  /// Words that say nothing.
  case fillers
  /// Doubt in what it says.
  case doubt
  /// Oaths on what it says.
  case certainty

  /// What it is called on the page.
  public var title: String {
    switch self {
    case .helpful: "helpful"
    case .harmless: "harmless"
    case .honest: "honest"
    case .length: "length"
    case .insults: "insults"
    case .flattery: "flattery"
    case .fillers: "filler words"
    case .doubt: "doubt"
    case .certainty: "certainty"
    }
  }
}

/// An answer by its features.
public struct FeaturedAnswer: Sendable, Hashable {
  /// The completion.
  public let text: String
  /// The total of the sandbox's judge, from 0 to 1.
  public let gold: Double
  /// The words of the answer.
  public let words: Int
  /// A number for each of ``AnswerFeature``, in their order.
  public let features: [Double]

  /// Reads a completion.
  ///
  /// - Parameters:
  ///   - text: The completion.
  ///   - prompt: What it answers.
  ///   - judge: Who knows what is true.
  public init(_ text: String, to prompt: String, by judge: GoldJudge) {
    let score = judge.score(prompt: prompt, completion: text)
    let traits = judge.traits(of: text)
    self.text = text
    gold = score.total
    words = traits.words
    features = AnswerFeature.allCases.map { feature in
      switch feature {
      case .helpful: score.helpfulness
      case .harmless: score.harmlessness
      case .honest: score.honesty
      case .length: Double(traits.words)
      case .insults: Double(traits.insults)
      case .flattery: Double(traits.flattery)
      case .fillers: Double(traits.fillers)
      case .doubt: Double(traits.hedges)
      case .certainty: Double(traits.certainties)
      }
    }
  }
}
