public import PreferenceData

extension RevisedAnswer {
  /// Who has revised, by which text: what every row says.
  public struct Provenance: Sendable, Hashable {
    /// The version of the constitution.
    public var constitution: String
    /// The model.
    public var model: String
    /// The seed.
    public var seed: UInt64

    /// A provenance.
    ///
    /// - Parameters:
    ///   - constitution: The version of the constitution.
    ///   - model: The model.
    ///   - seed: The seed.
    public init(constitution: String, model: String, seed: UInt64) {
      (self.constitution, self.model, self.seed) = (constitution, model, seed)
    }
  }

  /// A demonstration, `prompt`, `completion` and `metadata` with every step.
  ///
  /// - Parameter provenance: Who has revised.
  /// - Returns: The row; `nil` where the answer after all steps is empty.
  public func demonstration(_ provenance: Provenance) -> JSONObject? {
    final.isEmpty
      ? nil
      : [
        "prompt": .string(prompt), "completion": .string(Self.completion(final)),
        "metadata": .object(metadata(provenance)),
      ]
  }

  /// A demonstration of every answer that took another's place, in their order: Bai et al. train on
  /// all revisions and not on the last ones alone.
  ///
  /// - Parameter provenance: Who has revised.
  /// - Returns: The rows; none where nothing was revised.
  public func demonstrations(_ provenance: Provenance) -> [JSONObject] {
    kept.map {
      [
        "prompt": .string(prompt), "completion": .string(Self.completion($0.revision)),
        "metadata": .object(metadata(provenance)),
      ]
    }
  }

  /// A preference of the revised over the initial answer, `reason` its last critique and `criteria` the
  /// principles.
  ///
  /// - Parameter provenance: Who has revised.
  /// - Returns: The row; `nil` where nothing was revised, or the answer came back to where it began.
  public func preference(_ provenance: Provenance) -> JSONObject? {
    guard let last = kept.last, final != initial.trimmed, !initial.trimmed.isEmpty else {
      return nil
    }
    return [
      "prompt": .string(prompt), "chosen": .string(Self.completion(final)),
      "rejected": .string(Self.completion(initial)), "reason": .string(last.critique),
      "criteria": .array(kept.map { .string($0.principle) }),
      "metadata": .object(metadata(provenance)),
    ]
  }

  /// After the assistant's mark an answer begins with a space.
  private static func completion(_ answer: String) -> String { " \(answer.trimmed)" }

  private func metadata(_ provenance: Provenance) -> JSONObject {
    var object: JSONObject = [
      "constitution": .string(provenance.constitution), "model": .string(provenance.model),
      "seed": .number(Double(provenance.seed)), "initial": .string(initial),
    ]
    if let initialScore { object.set("initial_score", to: .number(initialScore)) }
    object.set(
      "steps",
      to: .array(
        steps.map { step in
          var row: JSONObject = [
            "principle": .string(step.principle), "critique": .string(step.critique),
            "revision": .string(step.revision), "outcome": .string(step.outcome.rawValue),
          ]
          if let score = step.score { row.set("score", to: .number(score)) }
          return .object(row)
        }))
    return object
  }
}
