/// A token that a model thinks may come next.
struct TopToken: Hashable {
  /// The token as a text.
  let text: String
  /// Its log probability in nats.
  let logProbability: Double
}
