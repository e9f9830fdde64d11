/// Values of a baseline and of a current window, to be compared within strata.
///
/// A baseline question weighs as its stratum does in the window, so that a window that asks about other things
/// is compared with a baseline that would have been asked the same. All responses to one question count as one,
/// and are exchanged together, for they are not independent.
struct StratifiedSample<Value> {
  /// The values, those of the baseline first.
  let values: [Value]
  /// The question of each value.
  let questionOfValue: [Int]
  /// How many values each question has.
  let sizes: [Int]
  /// The stratum of each question.
  let strata: [Int]
  /// Which questions are current.
  let isCurrent: [Bool]
  /// What a value of each question weighs where the question is taken for the baseline's.
  private let baselineWeights: [Double]
  /// And where it is taken for current.
  private let currentWeights: [Double]

  /// Takes rows of strata that both sides have; `nil` where one side has too few questions.
  ///
  /// - Parameters:
  ///   - baseline: The baseline.
  ///   - current: The window.
  ///   - settings: How many questions it takes.
  ///   - value: What is compared; `nil` where there is nothing.
  init?(
    _ baseline: [PlacedResponse], _ current: [PlacedResponse], _ settings: DriftSettings,
    value: (PlacedResponse) -> Value?
  ) {
    let counts = ComparableQuestions(baseline, current, settings) { value($0) != nil }
    guard counts.isEnough else { return nil }
    let sides = [baseline, current].map { rows in
      rows.compactMap { row in
        row.stratum.flatMap { stratum in
          value(row).map { (stratum: stratum, question: row.measured.question, value: $0) }
        }
      }
    }
    let total = Double(counts.account.current.comparable)
    var weights: [Int: (baseline: Double, current: Double)] = [:]
    for stratum in counts.strata {
      let share = Double(counts.current[stratum, default: 0]) / total
      weights[stratum] = (share / Double(counts.baseline[stratum, default: 1]), 1 / total)
    }
    var (values, questionOfValue): ([Value], [Int]) = ([], [])
    var (sizes, strata, isCurrent): ([Int], [Int], [Bool]) = ([], [], [])
    for (side, rows) in sides.enumerated() {
      var numbers: [String: Int] = [:]
      for row in rows where weights[row.stratum] != nil {
        let key = "\(row.stratum) \(row.question)"
        let number = numbers[key] ?? sizes.count
        if numbers[key] == nil {
          numbers[key] = number
          sizes.append(0)
          strata.append(row.stratum)
          isCurrent.append(side == 1)
        }
        sizes[number] += 1
        values.append(row.value)
        questionOfValue.append(number)
      }
    }
    (self.values, self.questionOfValue, self.sizes) = (values, questionOfValue, sizes)
    (self.strata, self.isCurrent) = (strata, isCurrent)
    baselineWeights = strata.indices.map {
      -(weights[strata[$0]]?.baseline ?? 0) / Double(sizes[$0])
    }
    currentWeights = strata.indices.map { (weights[strata[$0]]?.current ?? 0) / Double(sizes[$0]) }
  }

  /// What each value of a question weighs: those of the window add up to 1, those of the baseline to −1.
  ///
  /// - Parameter isCurrent: Which questions are taken for current.
  /// - Returns: One weight a question.
  func weights(_ isCurrent: [Bool]) -> [Double] {
    isCurrent.indices.map { isCurrent[$0] ? currentWeights[$0] : baselineWeights[$0] }
  }
}
