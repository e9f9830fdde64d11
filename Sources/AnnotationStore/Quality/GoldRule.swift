/// What is asked of an annotator's answers to tasks whose right answer is known.
public struct GoldRule: Sendable, Hashable, Codable {
  /// The share of wrong answers that is tolerated.
  public var toleratedErrors = 0.25
  /// The probability of pausing somebody who keeps to it, at most, however often one looks.
  public var falseAlarms = 0.05
  /// Answers before anybody is paused.
  public var least = 10

  /// The rule with its defaults.
  public init() {}

  func validate() throws(AnnotationError) {
    guard (0.01...0.9).contains(toleratedErrors) else {
      throw .setting(
        name: "gold.tolerated_errors",
        problem: "is \(toleratedErrors), but must be from 0.01 to 0.9")
    }
    guard (0.0001...0.5).contains(falseAlarms) else {
      throw .setting(
        name: "gold.false_alarms", problem: "is \(falseAlarms), but must be from 0.0001 to 0.5")
    }
    guard (10...1000).contains(least) else {
      throw .setting(name: "gold.least", problem: "is \(least), but must be from 10 to 1000")
    }
  }
}
