/// Where the studio's work is done: it has a language model, and learns from choices.
///
/// It is made and used on one thread alone. Whoever is reported to may throw, and what was begun then ends
/// with that error.
public protocol Workshop {
  /// Makes the model ready. It is called once, before anything else.
  ///
  /// - Parameter report: Told how far it is.
  /// - Throws: What `report` throws, and what is in the way.
  func prepare(_ report: (StudioProgress) throws -> Void) async throws

  /// Does what was asked for.
  ///
  /// - Parameters:
  ///   - job: What was asked for.
  ///   - report: Told of all that comes of it.
  /// - Throws: What `report` throws, and what is in the way.
  func run(_ job: StudioJob, report: (StudioUpdate) throws -> Void) async throws
}
