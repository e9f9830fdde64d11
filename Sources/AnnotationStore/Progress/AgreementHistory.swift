internal import Evaluations
public import Foundation

/// How far annotators agreed about the tasks that were completed in a stretch of time.
public struct AgreementPeriod: Sendable, Hashable, Codable {
  /// When the last of its tasks got its last judgment.
  public let until: Date
  /// Tasks with two judgments or more.
  public let tasks: Int
  /// The mean share of pairs of judgments that agree, 0 to 1.
  public let percentAgreement: Double
  /// The median of active seconds of its judgments.
  public let medianSeconds: Double
}

extension AnnotationProject {
  /// Agreement over time: tasks in the order of their last judgments, in stretches of equally many.
  ///
  /// - Parameter count: Stretches, at most.
  /// - Returns: The stretches; none where no task has two judgments.
  /// - Throws: An error of SQLite.
  public func agreementHistory(count: Int = 20) throws -> [AgreementPeriod] {
    let asked = Set(try tasks().filter { $0.gold == nil }.map(\.id))
    let byTask = Dictionary(
      grouping: try judgments().filter { $0.round == 1 && asked.contains($0.task) }, by: \.task)
    let tasks = byTask.values.filter { $0.count > 1 }.sorted {
      ($0[$0.count - 1].id) < ($1[$1.count - 1].id)
    }
    guard !tasks.isEmpty else { return [] }
    let size = max(1, (tasks.count + count - 1) / count)
    return stride(from: 0, to: tasks.count, by: size).map { start in
      let stretch = tasks[start..<min(start + size, tasks.count)]
      let shares = stretch.map(Self.agreement)
      return AgreementPeriod(
        until: stretch[stretch.endIndex - 1].map(\.createdAt).max() ?? .distantPast,
        tasks: stretch.count, percentAgreement: shares.reduce(0, +) / Double(shares.count),
        medianSeconds: SortedSample(stretch.joined().map(\.answer.activeSeconds)).median ?? 0)
    }
  }

  /// The share of pairs of judgments that agree.
  private static func agreement(_ judgments: [RecordedJudgment]) -> Double {
    var (same, pairs) = (0, 0)
    for (index, one) in judgments.enumerated() {
      for other in judgments[(index + 1)...] {
        pairs += 1
        if one.answer.verdict.agrees(with: other.answer.verdict) { same += 1 }
      }
    }
    return Double(same) / Double(pairs)
  }
}
