/// How much an experiment measures.
public enum ExperimentSize: String, Codable, Sendable {
  /// Enough for a picture worth keeping: up to an hour on two cores.
  case full
  /// Enough to see that everything works: a minute.
  case quick
}
