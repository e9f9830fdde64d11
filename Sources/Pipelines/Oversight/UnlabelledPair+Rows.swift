public import Oversight
public import PreferenceData

extension UnlabelledPair {
  /// The pair as it is compared.
  public var compared: ConstitutionalLabelling.Pair {
    .init(conversation: prompt, first: first, second: second)
  }

  /// A preference with the label: `chosen` is the answer that is more likely the better one, `agreement` the
  /// probability that it is, which `--agreement probability` learns from.
  ///
  /// - Parameters:
  ///   - label: The label.
  ///   - provenance: Who has labelled.
  /// - Returns: The row; `nil` where neither answer is the likelier.
  public func preference(
    _ label: PreferenceLabel, _ provenance: RevisedAnswer.Provenance
  ) -> JSONObject? {
    guard label.probability != 0.5 else { return nil }
    let isFirst = label.probability > 0.5
    return [
      "prompt": .string(prompt), "chosen": .string(isFirst ? first : second),
      "rejected": .string(isFirst ? second : first),
      "agreement": .number(isFirst ? label.probability : 1 - label.probability),
      "criteria": .array(label.verdicts.map { .string($0.principle) }),
      "metadata": .object([
        "constitution": .string(provenance.constitution), "model": .string(provenance.model),
        "seed": .number(Double(provenance.seed)),
        "verdicts": .array(label.verdicts.map { .object($0.row) }),
      ]),
    ]
  }
}

extension PreferenceLabel.Verdict {
  /// What the model said, in both orders where it was asked both.
  fileprivate var row: JSONObject {
    func numbers(_ scores: SoftPreference.OptionScores) -> JSONValue {
      // JSON has no −∞, which an option has that the model does not think of.
      .array([scores.a, scores.b].map { $0.isFinite ? .number($0) : .null })
    }
    var row: JSONObject = [
      "principle": .string(principle), "probability_first": .number(preference.probability),
      "straight": numbers(preference.straight),
    ]
    if let swapped = preference.swapped { row.set("swapped", to: numbers(swapped)) }
    if !reasoning.isEmpty { row.set("reasoning", to: .array(reasoning.map(JSONValue.string))) }
    return row
  }
}
