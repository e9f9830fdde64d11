internal import Evaluations

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Words that tell groups of questions from each other, so that people know what a topic is.
struct TopicWords {
  private let groups: [[String]]

  /// Finds, for each group, the three words with the greatest share · log(share/share of all), of those that two
  /// questions have at least; of equals the first in the alphabet.
  ///
  /// - Parameters:
  ///   - questions: All questions.
  ///   - groups: The places of those of each group.
  init(_ questions: [String], groups: [[Int]]) {
    let words = questions.map { Set(Words.split($0)).filter { $0.count > 2 } }
    var all: [String: Int] = [:]
    for set in words { for word in set { all[word, default: 0] += 1 } }
    self.groups = groups.map { members in
      var own: [String: Int] = [:]
      for member in members { for word in words[member] { own[word, default: 0] += 1 } }
      let scored = own.compactMap { word, count -> (word: String, score: Double)? in
        let share = Double(count) / Double(members.count)
        let usual = Double(all[word] ?? count) / Double(questions.count)
        return count > 1 && share > usual ? (word, share * log(share / usual)) : nil
      }
      return scored.sorted { ($1.score, $0.word) < ($0.score, $1.word) }.prefix(3).map(\.word)
    }
  }

  subscript(group: Int) -> [String] { groups[group] }
}
