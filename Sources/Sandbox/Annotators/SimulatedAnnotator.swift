public import PreferenceData
import Objectives

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Somebody who compares completions, with known faults.
///
/// A careful judgment of A and B takes A with the probability
///
///     P(A ≻ B) = σ((gold_A − gold_B) / temperature + length_bias · (words_A − words_B) / 10)
///
/// (Bradley and Terry, 1952) and is then turned round with the probability `labelNoise`. With the
/// probability `sloppiness` a judgment is not careful: it takes either with probability ½, with any
/// confidence, in about two seconds.
///
/// - Confidence follows the probability of the likelier choice; see ``Confidence``.
/// - Response time is log-normal with deviation 0.35 of its logarithm and median
///   (2 + words / 4) · (1 + h) seconds: words of both completions, read at four a second, and the
///   entropy h of the choice in bits, as close calls take longer. A sloppy one has the median 2.
public struct SimulatedAnnotator: Sendable, Hashable {
  /// What the annotator is called in files.
  public var name: String
  /// Gold points that make odds of e; at 0 the better completion always wins, and equal ones are
  /// told apart by the length bias alone.
  public var temperature: Double
  /// The share of careful judgments that are turned round, below 1.
  public var labelNoise: Double
  /// Log odds for ten words more; above 0 the longer completion is liked better.
  public var lengthBias: Double
  /// The share of judgments that are made without looking.
  public var sloppiness: Double
  /// Careful judgments with log odds closer to 0 than this are ties; 0 for none.
  public var tieWidth: Double

  /// An annotator.
  ///
  /// - Parameters:
  ///   - name: What the annotator is called.
  ///   - temperature: Gold points that make odds of e, at least 0.
  ///   - labelNoise: The share of careful judgments that are turned round, 0 to 1.
  ///   - lengthBias: Log odds for ten words more.
  ///   - sloppiness: The share of judgments that are made without looking, 0 to 1.
  ///   - tieWidth: Log odds below which a careful judgment is a tie, at least 0.
  public init(
    name: String, temperature: Double = 0.1, labelNoise: Double = 0, lengthBias: Double = 0,
    sloppiness: Double = 0, tieWidth: Double = 0
  ) {
    precondition(temperature >= 0 && temperature.isFinite, "the temperature is \(temperature)")
    precondition((0...1).contains(labelNoise), "the label noise is \(labelNoise)")
    precondition(lengthBias.isFinite, "the length bias is \(lengthBias)")
    precondition((0...1).contains(sloppiness), "the sloppiness is \(sloppiness)")
    precondition(tieWidth >= 0, "the width of ties is \(tieWidth)")
    self.name = name
    self.temperature = temperature
    self.labelNoise = labelNoise
    self.lengthBias = lengthBias
    self.sloppiness = sloppiness
    self.tieWidth = tieWidth
  }

  /// The log odds with which a careful judgment takes the first completion.
  ///
  /// - Parameters:
  ///   - first: What there is to the first completion.
  ///   - second: What there is to the second.
  /// - Returns: Any number, infinite ones too.
  public func logOdds(of first: Appraisal, over second: Appraisal) -> Double {
    let gap = first.gold - second.gold
    let length = lengthBias * Double(first.words - second.words) / 10
    guard temperature == 0 else { return gap / temperature + length }
    return gap == 0 ? length : gap > 0 ? .infinity : -.infinity
  }

  /// Compares two completions.
  ///
  /// - Parameters:
  ///   - first: What there is to the first completion.
  ///   - second: What there is to the second.
  ///   - random: Where the draws come from: always as many, whatever the annotator is like, so that
  ///     two annotators can be compared on the same draws.
  /// - Returns: The judgment.
  public func judge(
    _ first: Appraisal, _ second: Appraisal, using random: inout SeededGenerator
  ) -> Judgment {
    let (care, side, noise, mood) = (random.unit(), random.unit(), random.unit(), random.unit())
    let pace = exp(0.35 * random.normal())
    guard care >= sloppiness else {
      let confidence = Confidence.allCases[min(Int(mood * 3), 2)]
      return Judgment(
        choice: side < 0.5 ? .first : .second, confidence: confidence, responseTime: 2 * pace)
    }
    let logOdds = logOdds(of: first, over: second)
    let probability = sigmoid(logOdds)
    let reading = 2 + Double(first.words + second.words) / 4
    let time = reading * (1 + Self.entropy(probability)) * pace
    if abs(logOdds) < tieWidth {
      return Judgment(choice: .tie, confidence: .low, responseTime: time)
    }
    let takesFirst = (side < probability) != (noise < labelNoise)
    return Judgment(
      choice: takesFirst ? .first : .second,
      confidence: Confidence(likelierChoice: max(probability, 1 - probability)),
      responseTime: time)
  }

  /// Puts completions in order: Plackett and Luce's model with the utilities of the log odds, drawn
  /// by adding a standard Gumbel number to each (at temperature 0, none).
  ///
  /// Label noise changes two neighbours' places; a sloppy order is any, each equally likely.
  ///
  /// - Parameters:
  ///   - completions: What there is to each completion; two at least.
  ///   - random: Where the draws come from.
  /// - Returns: One rank for each, 1 the best; equal ranks where the utilities are equal.
  public func rank(
    _ completions: [Appraisal], using random: inout SeededGenerator
  ) -> [Int] {
    precondition(completions.count >= 2, "\(completions.count) completions cannot be ranked")
    let (care, noise) = (random.unit(), random.unit())
    let place = Int(random.uniform(below: UInt64(completions.count - 1)))
    let perturbations = completions.map { _ in random.gumbel() }
    let isSloppy = care < sloppiness
    let utilities = zip(completions, perturbations).map { completion, perturbation in
      if isSloppy { return (perturbation, 0.0) }
      let length = lengthBias * Double(completion.words) / 10
      return temperature == 0
        ? (completion.gold, length)
        : (completion.gold / temperature + length + perturbation, 0)
    }
    var ranks = utilities.map { own in 1 + utilities.count { $0 > own } }
    if !isSloppy, noise < labelNoise {
      let order = ranks.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
      ranks.swapAt(order[place], order[place + 1])
    }
    return ranks
  }

  /// The entropy of a choice, in bits.
  private static func entropy(_ probability: Double) -> Double {
    [probability, 1 - probability].reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 }
  }
}
