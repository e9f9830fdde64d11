/// What a reader of a summary should know: what is missing and why, and what rests on little.
struct AgreementNotes {
  /// Sentences without a full stop.
  let sentences: [String]

  init(
    _ ratings: Ratings, rounds: AgreementRounds, values: [AgreementCoefficient: Double],
    _ distributions: [AgreementCoefficient: BootstrapDistribution]
  ) {
    var sentences: [String] = []
    let single = ratings.items.count - ratings.pairedItems
    if ratings.pairedItems == 0 {
      sentences.append("no item has two values, so that nobody can agree with anybody")
    } else {
      if single > 0 {
        sentences.append(
          "\(single) of \(ratings.items.count) items have one value and say nothing on agreement")
      }
      sentences += Self.undefined(ratings, rounds, values)
    }
    if ratings.items.count == 1 { sentences.append("one item has no intervals") }
    if rounds.isLongRatioScale {
      sentences.append(
        "α of ratios has no interval, and no value without an annotator, on a scale of "
          + "\(ratings.scale.count) values")
    }
    for coefficient in AgreementCoefficient.allCases {
      guard let distribution = distributions[coefficient], distribution.undefinedRounds > 0,
        values[coefficient] != nil
      else { continue }
      let rounds = distribution.values.count + distribution.undefinedRounds
      sentences.append(
        "\(coefficient.name) is undefined in \(distribution.undefinedRounds) of \(rounds) draws, "
          + "which its interval leaves out")
    }
    self.sentences = sentences
  }

  /// Why coefficients are undefined although items have several values.
  private static func undefined(
    _ ratings: Ratings, _ rounds: AgreementRounds, _ values: [AgreementCoefficient: Double]
  ) -> [String] {
    var sentences: [String] = []
    if rounds.countedPairs == 0 {
      sentences.append(
        "no Cohen's κ: no two annotators share \(AnnotatorPairs.minimumShared) items")
    } else if rounds.countedPairs == 1, rounds.definedPairs == 0 {
      sentences.append("no Cohen's κ: both annotators always say one and the same")
    } else if rounds.definedPairs < rounds.countedPairs {
      let silent = rounds.countedPairs - rounds.definedPairs
      sentences.append(
        "\(silent) of \(rounds.countedPairs) pairs of annotators have no Cohen's κ: both always "
          + "say one and the same")
    }
    if case .undefined(let reason) = rounds.fleiss.outcome {
      sentences.append("no Fleiss' κ: \(reason)")
    }
    if values[.alpha] == nil {
      sentences.append("no Krippendorff's α: all values that have a second are equal")
    }
    if values[.gwet] == nil { sentences.append("no Gwet's AC1: only one value occurs") }
    return sentences
  }
}
