internal import Evaluations
internal import Reports

extension OveroptimizationVerdict {
  /// How it stands out.
  var tone: ReportTone {
    switch self {
    case .healthy: .good
    case .undecided: .plain
    case .suspicious: .caution
    case .hacked: .alarming
    }
  }
}

extension HackingResult {
  /// The law that fits better.
  package var curve: Curve? { curves.first }
}

extension HackingResult.Curve {
  /// Whose law it is.
  package var name: String {
    switch form {
    case .bestOfN: "best of n"
    case .reinforcement: "reinforcement"
    }
  }

  /// The law with its numbers: `0.2 + d·(0.35 − 0.154·ln d)`.
  package var formula: String {
    let decay = NumberLabel.significant(beta.magnitude) + (form == .bestOfN ? "·d" : "·ln d")
    return "\(NumberLabel.significant(initialGold)) + d·(\(NumberLabel.significant(alpha)) "
      + "\(beta < 0 ? "+" : "−") \(decay))"
  }

  /// Where the curve is greatest.
  package var peakWords: String {
    guard let peak else { return "none" }
    guard peak.isReached else { return "beyond the data: it still rises" }
    return "√KL = \(NumberLabel.significant(peak.distance)), "
      + "\(NumberLabel.significant(peak.kl)) nats: gold \(NumberLabel.significant(peak.gold))"
  }

  /// How well it fits.
  package var fitWords: String { rSquared.map { decimals($0, 2) } ?? NumberLabel.none }
}
