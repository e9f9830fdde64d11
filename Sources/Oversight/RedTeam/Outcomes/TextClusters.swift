/// Texts that say nearly the same, such as the failures of a model, found in one pass: leader clustering
/// (Hartigan 1975, Clustering Algorithms, chapter 3).
///
/// In the order given, a text joins the first cluster whose leader is near, cos ≥ threshold by the
/// vectors of ``HashedText``, or else leads a new one. What has the same ``PlainWords`` as an earlier text
/// is a duplicate of it. That takes at most n · clusters products, and depends on the order; a text without
/// words is near nothing but its duplicates.
public struct TextClusters: Sendable, Hashable {
  /// Texts that are near one of them.
  public struct Cluster: Sendable, Hashable {
    /// The first text, to which all are near.
    public let leader: Int
    /// The different texts in their order, the leader first.
    public fileprivate(set) var members: [Int]
    /// The texts that are duplicates of members, in their order.
    public fileprivate(set) var duplicates: [Int]

    /// All texts, duplicates too.
    public var count: Int { members.count + duplicates.count }
  }

  /// The clusters, the largest first; of equal size in the order of their leaders.
  public let clusters: [Cluster]

  /// Clusters texts.
  ///
  /// - Parameters:
  ///   - texts: The texts, which clusters name by their places.
  ///   - threshold: The least cosine of a member with its leader, above 0 and at most 1.
  ///   - hashing: How texts become vectors.
  public init(_ texts: [String], threshold: Double = 0.6, hashing: HashedText = HashedText()) {
    precondition(0 < threshold && threshold <= 1, "a threshold of \(threshold)")
    var clusters: [Cluster] = []
    var leaders: [SparseVector] = []
    var known: [[String]: Int] = [:]
    for (place, text) in texts.enumerated() {
      let words = PlainWords(text).words
      if let cluster = known[words] {
        clusters[cluster].duplicates.append(place)
        continue
      }
      let vector = hashing.vector(ofWords: words)
      if let cluster = leaders.firstIndex(where: { $0.dot(vector) >= threshold }) {
        clusters[cluster].members.append(place)
        known[words] = cluster
      } else {
        known[words] = clusters.count
        clusters.append(Cluster(leader: place, members: [place], duplicates: []))
        leaders.append(vector)
      }
    }
    self.clusters = clusters.sorted { ($1.count, $0.leader) < ($0.count, $1.leader) }
  }
}
