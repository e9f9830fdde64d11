internal import Objectives

/// How much desirable completions weigh in the data, against undesirable ones.
///
/// Ethayarajh et al. (2024, arXiv:2402.01306, equation 8) advise λ_D n_D / (λ_U n_U) from 1 to 4/3;
/// here n is the sum of the rows' weights. TRL 1.16.0 warns of the same for `kto` and
/// `apo_zero_unpaired`; the shift of `bco` makes up for an imbalance by itself.
struct ClassBalance {
  private let desirable: Double
  private let undesirable: Double
  private let loss: KTOLoss

  /// Weighs some rows.
  init(_ rows: [JudgedCompletion], _ loss: KTOLoss) {
    func sum(_ isDesirable: Bool) -> Double {
      rows.reduce(0) { $1.isDesirable == isDesirable ? $0 + $1.weight : $0 }
    }
    (desirable, undesirable) = (sum(true), sum(false))
    self.loss = loss
  }

  /// What a person should know, as a sentence.
  var note: String? {
    let weighed = (desirable * loss.desirableWeight, undesirable * loss.undesirableWeight)
    guard weighed.0 + weighed.1 > 0 else {
      return "no completion in the training data has a weight above 0, so there is nothing to learn"
    }
    guard weighed.0 > 0, weighed.1 > 0 else {
      return "only \(weighed.0 > 0 ? "desirable" : "undesirable") completions have a weight in the "
        + "training data, so there is nothing to tell them apart from"
    }
    let ratio = weighed.0 / weighed.1
    // A hair outside is what rounding makes of a weight that was chosen at a bound.
    guard loss.kind != .bco, ratio < 1 - 1e-9 || ratio > 4.0 / 3 + 1e-9 else { return nil }
    let unit = weighed.1 / desirable
    return
      "desirable completions weigh \(text(ratio)) times as much as undesirable ones, where 1 to "
      + "1.33 is advised: set desirable_weight between \(text(unit)) and \(text(unit * 4 / 3)), or "
      + "use loss_type bco"
  }

  /// Two decimals, or two digits of what is smaller.
  private func text(_ number: Double) -> String {
    var scale = 100.0
    while number * scale < 10 && scale < 1e12 { scale *= 10 }
    return "\((number * scale).rounded() / scale)"
  }
}
