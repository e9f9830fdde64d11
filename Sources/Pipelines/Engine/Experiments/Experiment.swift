public import Reports

/// Something that is measured part by part, and then drawn.
protocol Experiment: Sendable {
  /// A line of its table.
  associatedtype Row: ExperimentRow
  /// What is measured at once: an interrupted experiment repeats no part that was finished.
  associatedtype Part: CustomStringConvertible

  /// What it is called on the command line.
  static var name: String { get }
  /// What it asks, after whom.
  static var question: String { get }
  /// Its parts, in the order in which they are measured.
  var parts: [Part] { get }

  /// Measures a part.
  ///
  /// - Parameters:
  ///   - part: What is measured.
  ///   - laboratory: The world and the models that it is measured on.
  ///   - observe: Told of all that happens; throws to stop.
  /// - Returns: What was seen.
  /// - Throws: What `observe` throws, and what training throws.
  func measure(
    _ part: Part, in laboratory: Laboratory, observe: Laboratory.Observer
  ) async throws -> [Row]

  /// What the rows show.
  ///
  /// - Parameter rows: Those of all parts.
  /// - Returns: Findings, pictures and tables.
  func account(of rows: [Row]) -> ExperimentAccount
}

/// What an experiment has shown.
public struct ExperimentAccount: Sendable {
  /// What was asked.
  public var question: String
  /// What was found, each as a sentence.
  public var findings: [String]
  /// The pictures, each with the name of its file.
  public var figures: [(name: String, figure: ReportFigure)]
  /// What a reader should know beside: how it was measured, and tables.
  public var sections: [ReportSection]
}
