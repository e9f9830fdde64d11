internal import PreferenceData

/// The responses of a window that are farthest from the baseline of their topic.
struct DriftExamples {
  private let baseline: [PlacedResponse]
  private let window: [PlacedResponse]

  init(_ baseline: [PlacedResponse], _ window: [PlacedResponse]) {
    (self.baseline, self.window) = (baseline, window)
  }

  /// The three farthest in a column, in the direction in which its mean has gone, of different questions.
  func callAsFunction(_ column: ResponseColumn) -> [DriftExample] {
    let scales = TopicScales(column, of: baseline)
    let known = window.compactMap { row in
      scales.standardized(column, of: row).map { (row: row.measured, z: $0) }
    }
    let sign = known.reduce(0) { $0 + $1.z } < 0 ? -1.0 : 1
    var questions: Set<String> = []
    let farthest = known.enumerated().sorted {
      (sign * $1.element.z, $0.offset) < (sign * $0.element.z, $1.offset)
    }
    .map(\.element).filter { questions.insert($0.row.question).inserted }
    return farthest.prefix(3).map { row, z in
      DriftExample(
        name: column.rawValue, title: column.title, value: row.values[column] ?? 0, deviations: z,
        prompt: row.question, completion: row.response.completion,
        place: row.response.id ?? row.response.source?.description)
    }
  }
}
