internal import Oversight
internal import PreferenceData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What questions are about, learned from those of a baseline: spherical k-means (Dhillon and Modha 2001) on
/// words and letters, each weighted by how few questions have it.
///
///     repeat   a question joins the centroid with the greatest cosine
///              a centroid becomes the direction of the sum of its questions
///
/// Of eight beginnings the one is kept whose questions are nearest to their centroids: a topic that holds two kinds of
/// questions would take a change of their mix for one of the answers.
///
/// A question farther from its centroid than all but 5 % of the questions that made it is unfamiliar, and has no
/// topic. The cosine of a question that the topics were learned from is taken without itself, in the centroid and in
/// the weights, so that it is judged as a new one is.
public struct TopicModel: Sendable, Hashable {
  /// How texts become vectors: few places, so that a centroid is small.
  static let hashing = HashedText(buckets: 1 << 12)
  /// The share of a topic's own questions that are taken for unfamiliar.
  static let unfamiliarShare = 0.05
  /// A question this near is never unfamiliar, however alike the topic's own questions are.
  static let familiarCosine = 0.3
  private static let beginnings = 8

  /// A topic.
  struct Topic: Sendable, Hashable {
    /// The direction of its questions, of length 1.
    var centroid: [Double]
    /// The least cosine of a question that belongs to it.
    var leastCosine: Double
    /// Words that its questions have and others do not, for people.
    var words: [String]
  }

  private(set) var topics: [Topic]
  private let rarity: [Double]

  /// The topic of each question it was learned from; `nil` for an unfamiliar one.
  public private(set) var assignments: [Int?] = []

  /// How many topics there are.
  public var count: Int { topics.count }

  /// Learns topics.
  ///
  /// - Parameters:
  ///   - questions: Different questions, one at least.
  ///   - count: How many topics, at most; fewer come of few questions.
  ///   - seed: Decides where k-means begins.
  public init(_ questions: [String], count: Int, seed: UInt64) {
    precondition(!questions.isEmpty && count > 0, "topics of nothing")
    let plain = questions.map { Self.hashing.vector(of: $0) }
    let counts = Self.counts(plain)
    let rarity = counts.map { Self.rarity($0, of: questions.count) }
    self.rarity = rarity
    topics = []
    let vectors = plain.map { $0.weighted { rarity[$0] } }
    var random = SeededGenerator(seed: seed, purpose: "topics")
    var clusters = Clusters(vectors, count: count, width: Self.hashing.buckets, using: &random)
    for _ in 1..<Self.beginnings {
      let other = Clusters(vectors, count: count, width: Self.hashing.buckets, using: &random)
      if other.nearness > clusters.nearness { clusters = other }
    }
    let kept = clusters.members.filter { !$0.isEmpty }
    let words = TopicWords(questions, groups: kept)
    var placed = [Int?](repeating: nil, count: questions.count)
    for (topic, members) in kept.enumerated() {
      let sum = Clusters.sum(of: members.map { vectors[$0] }, width: Self.hashing.buckets)
      let cosines = members.map { member in
        plain[member].weighted { Self.rarity(counts[$0] - 1, of: questions.count - 1) }
          .cosine(withDirectionOf: sum, without: vectors[member])
      }
      // Of a lone question there is no telling how far others may be.
      let least =
        members.count == 1
        ? 0
        : min(
          Self.familiarCosine, cosines.sorted()[Int(Self.unfamiliarShare * Double(members.count))])
      for (member, cosine) in zip(members, cosines) where cosine >= least {
        placed[member] = topic
      }
      topics.append(
        Topic(centroid: Clusters.direction(sum), leastCosine: least, words: words[topic]))
    }
    assignments = placed
  }

  /// What a question is about.
  ///
  /// - Parameter question: Any text.
  /// - Returns: The topic's number; `nil` where it is unfamiliar.
  public func topic(of question: String) -> Int? {
    let vector = Self.hashing.vector(of: question).weighted { rarity[$0] }
    let cosines = topics.map { vector.product($0.centroid) }
    guard let best = cosines.indices.max(by: { cosines[$0] < cosines[$1] }),
      cosines[best] >= topics[best].leastCosine, cosines[best] > 0
    else { return nil }
    return best
  }

  /// What people call a topic: the words that tell it from others.
  ///
  /// - Parameter topic: The topic's number.
  /// - Returns: A few words, or the number where no word does.
  public func name(of topic: Int) -> String {
    let words = topics[topic].words
    return words.isEmpty ? "topic \(topic + 1)" : words.joined(separator: ", ")
  }

  /// How many questions have something in each place.
  private static func counts(_ vectors: [SparseVector]) -> [Double] {
    var counts = [Double](repeating: 0, count: hashing.buckets)
    for vector in vectors { for place in vector.places { counts[place] += 1 } }
    return counts
  }

  /// log((n + 1)/(questions with the place + 1)), which no question's having it makes greatest.
  private static func rarity(_ count: Double, of questions: Int) -> Double {
    log((Double(questions) + 1) / (count + 1))
  }
}

extension SparseVector {
  /// The direction of the vector with each place weighted; the vector itself where all weights are 0.
  fileprivate func weighted(_ weight: (Int) -> Double) -> SparseVector {
    var elements: [Int: Double] = [:]
    var squares = 0.0
    for (place, value) in zip(places, values) {
      let value = value * weight(place)
      elements[place] = value
      squares += value * value
    }
    guard squares > 0 else { return self }
    let length = squares.squareRoot()
    return SparseVector(elements.mapValues { $0 / length })
  }

  /// Σ vᵢ wᵢ.
  fileprivate func product(_ dense: [Double]) -> Double {
    zip(places, values).reduce(0) { $0 + dense[$1.0] * $1.1 }
  }

  /// The cosine with the direction of a sum less one of its vectors, in the places of which the vector has all its own.
  fileprivate func cosine(withDirectionOf sum: [Double], without part: SparseVector) -> Double {
    let own = zip(part.places, part.values)
    let square = own.reduce(0) { $0 + $1.1 * $1.1 }
    let rest = sum.reduce(0) { $0 + $1 * $1 } - 2 * part.product(sum) + square
    guard rest > 1e-12 else { return 0 }
    let parts = Dictionary(uniqueKeysWithValues: own.map { ($0, $1) })
    let product = zip(places, values).reduce(0) { total, element in
      total + (sum[element.0] - parts[element.0, default: 0]) * element.1
    }
    return product / rest.squareRoot()
  }
}

/// Spherical k-means.
private struct Clusters {
  private(set) var members: [[Int]]
  /// The sum of the cosines of all with their centroids.
  private(set) var nearness = 0.0

  init(
    _ vectors: [SparseVector], count: Int, width: Int, using random: inout SeededGenerator
  ) {
    var centroids = Self.start(vectors, count: count, width: width, using: &random)
    var places = [Int](repeating: -1, count: vectors.count)
    members = []
    // It rises with every round and ends; the bound is for time.
    for _ in 0..<50 {
      nearness = 0
      let next = vectors.map { vector in
        let cosines = centroids.map(vector.product)
        let best = cosines.indices.max { cosines[$0] < cosines[$1] } ?? 0
        nearness += cosines[best]
        return best
      }
      members = centroids.indices.map { _ in [] }
      for (row, cluster) in next.enumerated() { members[cluster].append(row) }
      if next == places { break }
      places = next
      for (cluster, rows) in members.enumerated() where !rows.isEmpty {
        centroids[cluster] = Self.direction(Self.sum(of: rows.map { vectors[$0] }, width: width))
      }
    }
  }

  /// k-means++ (Arthur and Vassilvitskii 2007), by 1 − cosine: far questions are likely to begin a cluster.
  private static func start(
    _ vectors: [SparseVector], count: Int, width: Int, using random: inout SeededGenerator
  ) -> [[Double]] {
    func centroid(_ row: Int) -> [Double] { direction(sum(of: [vectors[row]], width: width)) }
    var centroids = [centroid(Int(random.uniform(below: UInt64(vectors.count))))]
    var distances = vectors.map { max(0, 1 - $0.product(centroids[0])) }
    while centroids.count < count {
      let total = distances.reduce(0, +)
      // All that is left is the same as some centroid.
      guard total > 1e-9 else { break }
      var target = random.unit() * total
      let row = distances.indices.first { place in
        target -= distances[place]
        return target < 0
      }
      let new = centroid(row ?? distances.count - 1)
      centroids.append(new)
      for (place, vector) in vectors.enumerated() {
        distances[place] = min(distances[place], max(0, 1 - vector.product(new)))
      }
    }
    return centroids
  }

  static func sum(of vectors: [SparseVector], width: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: width)
    for vector in vectors {
      for (place, value) in zip(vector.places, vector.values) { sum[place] += value }
    }
    return sum
  }

  static func direction(_ sum: [Double]) -> [Double] {
    let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? sum.map { $0 / length } : sum
  }
}
