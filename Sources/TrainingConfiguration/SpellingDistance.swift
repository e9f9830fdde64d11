/// The word that was probably meant, or `nil` when none is close.
///
/// A word is close when at most a third of its letters, and at least one, must change. Upper case
/// and hyphens, which are common slips for `snake_case` names, cost nothing.
///
/// - Parameters:
///   - word: What was written.
///   - candidates: What might have been meant.
/// - Returns: The closest candidate, the first of them if several are.
package func closest(to word: String, among candidates: [String]) -> String? {
  let normalized = normalize(word)
  return
    candidates
    .map { candidate in (candidate, spellingDistance(normalized, normalize(candidate))) }
    .filter { candidate, distance in distance <= max(1, candidate.count / 3) }
    .min { $0.1 < $1.1 }?.0
}

private func normalize(_ word: String) -> String {
  word.lowercased().replacing("-", with: "_")
}

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour to turn one
/// word into another.
///
/// The optimal string alignment distance (Damerau 1964), by dynamic programming over prefixes: O(mn).
///
/// - Parameters:
///   - first: A word.
///   - second: Another.
/// - Returns: 0 for equal words.
package func spellingDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first), Array(second))
  // distances[i][j] is that of the first i letters of a and the first j of b.
  var distances = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
  for i in 0...a.count { distances[i][0] = i }
  for j in 0...b.count { distances[0][j] = j }
  for i in a.indices {
    for j in b.indices {
      var best = min(distances[i][j + 1], distances[i + 1][j]) + 1
      best = min(best, distances[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, distances[i - 1][j - 1] + 1)
      }
      distances[i + 1][j + 1] = best
    }
  }
  return distances[a.count][b.count]
}
