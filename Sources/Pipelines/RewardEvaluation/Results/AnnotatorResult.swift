internal import Evaluations
internal import PreferenceData

/// How far people agree with each other about the comparisons, and how far the model agrees with them: a
/// model that is as good as a person agrees with single people as often as they do with each other.
public struct AnnotatorResult: Sendable, Hashable, Codable {
  /// How often two people who were asked about a comparison prefer the same completion: the mean over
  /// comparisons with two preferences or more of
  ///
  ///     (a(a − 1) + b(b − 1)) / (n(n − 1))
  ///
  /// where a of n = a + b people prefer the one completion and b the other. Who saw no difference is
  /// left out.
  public var eachOther: ShareEstimate
  /// How often the model and one of those people prefer the same completion; of equal scores, never.
  public var model: ShareEstimate

  /// Counts; `nil` where no comparison has two preferences.
  init?(_ pairs: PairTable, rows: [ScoredRow], using random: inout SeededGenerator) {
    var (people, scores, prompts): ([Double], [Double], [Int]) = ([], [], [])
    for place in 0..<pairs.count {
      guard let votes = rows[pairs.rows[place]].judged.votes, votes.count > 1 else { continue }
      let (chosen, rejected) = (Double(votes.chosen), Double(votes.rejected))
      let count = chosen + rejected
      people.append(
        (chosen * (chosen - 1) + rejected * (rejected - 1)) / (count * (count - 1)))
      let margin = pairs.margins[place]
      scores.append(margin > 0 ? chosen / count : margin < 0 ? rejected / count : 0)
      prompts.append(pairs.prompts[place])
    }
    func estimate(_ shares: [Double]) -> ShareEstimate? {
      guard let mean = MeanVariance(shares).mean,
        let interval = Bootstrap().distribution(
          clusters: prompts, using: &random, of: { MeanVariance($0.map { shares[$0] }).mean }
        ).interval()
      else { return nil }
      return ShareEstimate(mean, interval, count: shares.count)
    }
    guard let eachOther = estimate(people), let model = estimate(scores) else { return nil }
    (self.eachOther, self.model) = (eachOther, model)
  }
}
