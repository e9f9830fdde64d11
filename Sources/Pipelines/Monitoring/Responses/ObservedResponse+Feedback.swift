public import AnnotationStore

/// What came of looking up responses in stores of feedback.
public struct FeedbackJoin: Sendable, Hashable {
  /// Responses that were looked up.
  public let responses: Int
  /// Those of them that a store has.
  public let known: Int
  /// Those of these that somebody has rated.
  public let rated: Int
}

extension [ObservedResponse] {
  /// Adds the ratings that were given after the responses were logged: of each response the mean, in place of what its
  /// log says. Responses are found by their ids.
  ///
  /// - Parameter stores: Stores that servers have kept, each response in one of them at most.
  /// - Returns: How many were found.
  /// - Throws: An error of SQLite.
  public mutating func addFeedback(from stores: [FeedbackStore]) throws -> FeedbackJoin {
    let ids = compactMap(\.id)
    var (ratings, known) = ([String: Double](), 0)
    for store in stores {
      let found = try store.meanRatings(of: ids)
      known += found.known
      ratings.merge(found.ratings) { first, _ in first }
    }
    for place in indices {
      if let rating = self[place].id.flatMap({ ratings[$0] }) { self[place].feedback = rating }
    }
    return FeedbackJoin(responses: count, known: known, rated: ratings.count)
  }
}
