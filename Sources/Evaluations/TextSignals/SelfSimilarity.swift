/// How alike completions are: the mean cosine of the n-gram counts of two of them. A policy that
/// has collapsed says the same to every prompt.
///
/// No pair is ever looked at: with counts scaled to unit vectors uᵢ, the sum over all pairs of
/// different prompts is |Σᵢ uᵢ|² − Σₚ|Σᵢ∈ₚ uᵢ|², so that the exact mean costs one pass.
///
/// A completion of less than n tokens is one n-gram, itself; so two empty ones are equal.
public struct SelfSimilarity: Sendable, Hashable, Codable {
  /// The mean over pairs of different prompts, from 0 to 1; `nil` for a single prompt.
  public let acrossPrompts: Double?
  /// The mean over pairs of one prompt, from 0 to 1; `nil` where each has a single completion.
  public let withinPrompts: Double?

  /// Compares completions.
  ///
  /// - Parameters:
  ///   - completions: Tokens or words.
  ///   - prompts: The prompt of each completion.
  ///   - n: The length of an n-gram, at least 1.
  public init<Token: Hashable, Prompt: Hashable>(
    _ completions: [[Token]], prompts: [Prompt], n: Int = 2
  ) {
    requireSameCount(completions.count, prompts.count, "completions and prompts")
    var trie = NGramTrie<Token>()
    let numbers = completions.map { completion in
      completion.count < n
        ? [trie.number(of: completion)] : trie.numbers(in: completion, n: n).sorted()
    }
    let groups = GroupedRows(prompts)
    var (all, ofPrompt) = (NGramSum(count: trie.count), NGramSum(count: trie.count))
    var (promptSquares, promptPairs) = (0.0, 0.0)
    for prompt in 0..<groups.count {
      for row in groups[prompt] {
        all.addUnitVector(ofSorted: numbers[row])
        ofPrompt.addUnitVector(ofSorted: numbers[row])
      }
      promptSquares += ofPrompt.squaredLength
      promptPairs += Double(groups[prompt].count * groups[prompt].count)
      ofPrompt.clear()
    }
    let count = Double(completions.count)
    acrossPrompts = Self.mean(all.squaredLength - promptSquares, count * count - promptPairs)
    withinPrompts = Self.mean(promptSquares - count, promptPairs - count)
  }

  /// Rounding may leave a sum that is below 0 or above the number of pairs.
  private static func mean(_ sum: Double, _ pairs: Double) -> Double? {
    pairs > 0 ? min(1, max(0, sum / pairs)) : nil
  }
}

/// A sum of unit vectors that are 0 almost everywhere. Terms are added in a fixed order, so that the
/// same completions have the same last digit in every process.
private struct NGramSum {
  private var values: [Double]
  private var touched: [Int] = []

  init(count: Int) { values = [Double](repeating: 0, count: count) }

  var squaredLength: Double { touched.reduce(0) { $0 + values[$1] * values[$1] } }

  mutating func clear() {
    for index in touched { values[index] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  /// Adds counts/|counts|; equal numbers lie side by side, and there is at least one.
  mutating func addUnitVector(ofSorted numbers: [Int]) {
    var runs: [(number: Int, count: Double)] = []
    for number in numbers {
      if let last = runs.last, last.number == number {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((number, 1))
      }
    }
    let length = runs.reduce(0) { $0 + $1.count * $1.count }.squareRoot()
    for run in runs {
      if values[run.number] == 0 { touched.append(run.number) }
      values[run.number] += run.count / length
    }
  }
}
