internal import PreferenceData

/// Models beside each other, as far as a file says: each has a name; scores, win rates and further numbers
/// may be missing.
struct RecordedComparison: Sendable, Hashable {
  /// A number, perhaps with its interval.
  struct Estimate: Sendable, Hashable {
    let value: Double
    let lower: Double?
    let upper: Double?

    /// Reads a number, or an object with `value` and perhaps `lower` and `upper`.
    init?(_ json: JSONValue?) {
      switch json {
      case .number(let number)?: (value, lower, upper) = (number, nil, nil)
      case .object(let object)?:
        guard let value = object.number("value") else { return nil }
        self.value = value
        lower = object.number("lower")
        upper = object.number("upper")
      case .string?, .array?, .boolean?, .null?, nil: return nil
      }
    }
  }

  /// A model.
  struct Model: Sendable, Hashable {
    let name: String
    let score: Estimate?
    let winRate: Estimate?
  }

  /// The models in the order of the file.
  let models: [Model]
  /// Beside which model the win rates are; `nil` where the file does not say.
  let baseline: String?

  /// Reads a file; `nil` where it has no `models` with names.
  init?(json bytes: [UInt8]) {
    guard case .object(let file)? = JSONValue(parsing: bytes),
      case .array(let rows)? = file["models"]
    else { return nil }
    models = rows.compactMap { row in
      guard case .object(let row) = row, let name = row.label("name") else { return nil }
      return Model(name: name, score: Estimate(row["score"]), winRate: Estimate(row["win_rate"]))
    }
    if models.isEmpty { return nil }
    baseline = file.label("baseline")
  }
}
