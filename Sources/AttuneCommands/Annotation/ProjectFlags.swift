public import AnnotationStore
public import ArgumentParser
import PreferenceData

/// How a project asks: what is not given stays as it is.
struct ProjectFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What responses are rated by, with commas between them; helpfulness, harmlessness, honesty and "
        + "clarity come with a sentence each.", valueName: "names"))
  var criteria: String?

  @Option(help: ArgumentHelp("How many people judge a task (default: 3).", valueName: "people"))
  var overlap: Int?

  @Option(
    help: ArgumentHelp(
      "stratified: strata in turn; disagreement: tasks about which people disagree first.",
      valueName: "order"))
  var ordering: ProjectSettings.Ordering?

  @Option(
    help: ArgumentHelp(
      "Degrees of preference: 1 for none, 3 for slightly, clearly, much (default: 3).",
      valueName: "degrees"))
  var strengths: Int?

  @Option(help: ArgumentHelp("The best rating of a criterion (default: 5).", valueName: "number"))
  var ratingScale: Int?

  @Option(help: ArgumentHelp("When a reason must be given.", valueName: "rule"))
  var reason: ProjectSettings.ReasonRule?

  @Option(
    help: ArgumentHelp(
      "Share of tasks with known answers, mixed in unseen (default: 0.05).", valueName: "share"))
  var goldRate: Double?

  @Option(
    help: ArgumentHelp(
      "Share of tasks that a person is asked again (default: 0.02).", valueName: "share"))
  var repeatRate: Double?

  @Option(
    help: ArgumentHelp(
      "Share of wrong answers to known tasks that is tolerated (default: 0.25).",
      valueName: "share"))
  var toleratedErrors: Double?

  @Option(
    help: ArgumentHelp(
      "Seconds for which a task is kept for whoever has opened it (default: 1800).",
      valueName: "seconds"))
  var leaseSeconds: Int?

  @Option(
    help: ArgumentHelp(
      "Seconds without a key or a movement after which time is idle (default: 60).",
      valueName: "seconds"))
  var idleSeconds: Int?

  @Option(
    help: ArgumentHelp(
      "Active seconds below which a judgment is too fast (default: 30).", valueName: "seconds"))
  var leastSeconds: Double?

  @Option(
    help: ArgumentHelp(
      "Characters a second above which nobody has read (default: 60; 0 for any speed).",
      valueName: "characters"))
  var readingSpeed: Double?

  /// Changes what was given.
  func apply(to settings: inout ProjectSettings) {
    if let criteria {
      settings.criteria = criteria.split(separator: ",").map { name in
        let name = name.trimmingPrefix(while: \.isWhitespace)
        // What was said about it before stays.
        return settings.criteria.first { $0.name == name } ?? Criterion(named: String(name))
      }
    }
    func set<Value>(_ path: WritableKeyPath<ProjectSettings, Value>, _ value: Value?) {
      if let value { settings[keyPath: path] = value }
    }
    set(\.overlap, overlap)
    set(\.ordering, ordering)
    set(\.strengths, strengths)
    set(\.ratingScale, ratingScale)
    set(\.reason, reason)
    set(\.goldRate, goldRate)
    set(\.repeatRate, repeatRate)
    set(\.gold.toleratedErrors, toleratedErrors)
    set(\.leaseSeconds, leaseSeconds)
    set(\.idleSeconds, idleSeconds)
    set(\.quality.leastSeconds, leastSeconds)
    set(\.quality.readingSpeed, readingSpeed)
  }
}

extension ProjectSettings.Ordering: ExpressibleByArgument {}
extension ProjectSettings.ReasonRule: ExpressibleByArgument {}
