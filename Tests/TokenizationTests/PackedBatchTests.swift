import PreferenceData
import Testing

import Tokenization

@Suite("Packed batches")
struct PackedBatchTests {
  typealias Sequence = PackedBatch.Sequence

  @Test("a pair shares its prompt: the layout by hand")
  func pair() {
    let batch = PackedBatch([
      [
        Sequence(prompt: [1, 2, 3], completion: [4, 5]),
        Sequence(prompt: [1, 2, 3], completion: [6]),
      ]
    ])
    #expect(batch.tokens == [1, 2, 3, 4, 5, 6])
    #expect(batch.positions == [0, 1, 2, 3, 4, 3])
    #expect(batch.trees.map(\.trunk) == [0..<3])
    #expect(batch.trees.map(\.branches) == [[3..<5, 5..<6]])
    #expect(batch.predictingRows == [2, 3, 2])
    #expect(batch.targets == [4, 5, 6])
    #expect(batch.spans == [0..<2, 2..<3])
  }

  @Test("completions that begin alike share that too, and it is scored for each")
  func sharedCompletion() {
    let batch = PackedBatch([
      [Sequence(prompt: [1], completion: [7, 8]), Sequence(prompt: [1], completion: [7, 9])]
    ])
    #expect(batch.tokens == [1, 7, 8, 9])
    #expect(batch.predictingRows == [0, 1, 0, 1])
    #expect(batch.targets == [7, 8, 7, 9])
  }

  @Test("a sequence that another one continues has an empty branch")
  func prefix() {
    let batch = PackedBatch([
      [Sequence(prompt: [1], completion: [2]), Sequence(prompt: [1], completion: [2, 3])]
    ])
    #expect(batch.tokens == [1, 2, 3])
    #expect(batch.trees.map(\.trunk) == [0..<2])
    #expect(batch.trees.map(\.branches) == [[2..<2, 2..<3]])
  }

  @Test("prompts that a merge across their end made different share what is left")
  func differentPrompts() {
    let batch = PackedBatch([
      [Sequence(prompt: [1, 2], completion: [5]), Sequence(prompt: [1, 9], completion: [5])]
    ])
    #expect(batch.tokens == [1, 2, 5, 9, 5])
    #expect(batch.positions == [0, 1, 2, 1, 2])
    #expect(batch.predictingRows == [1, 3])
  }

  @Test("stretches of a sequence count: each token is predicted by the one before it")
  func stretches() {
    let sequence = Sequence([1, 2, 3, 4, 5, 6], scored: [1..<2, 3..<5])
    #expect(sequence.completionStart == 1)
    #expect(sequence.unscored == [2..<3, 5..<6])
    #expect(sequence.scored == [1..<2, 3..<5])
    #expect(sequence.scoredTokens == 3)
    let batch = PackedBatch([[sequence], [Sequence(prompt: [7], completion: [8])]])
    #expect(batch.tokens == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(batch.targets == [2, 4, 5, 8])
    #expect(batch.predictingRows == [0, 2, 3, 6])
    #expect(batch.spans == [0..<3, 3..<4])
    // All that follows the first stretch is a completion; a first token never counts.
    #expect(Sequence([1, 2, 3], scored: [1..<3]) == Sequence(prompt: [1], completion: [2, 3]))
    #expect(Sequence([1, 2, 3], scored: [0..<1, 2..<3]).scored == [2..<3])
    #expect(Sequence([1, 2, 3], scored: []).scoredTokens == 0)
    #expect(Sequence([1, 2, 3], scored: [3..<3]).scoredTokens == 0)
  }

  @Test("the first token is never scored, since nothing predicts it")
  func emptyPrompt() {
    let batch = PackedBatch([
      [Sequence(prompt: [], completion: [4, 5])], [Sequence(prompt: [], completion: [4])],
      [Sequence(prompt: [], completion: [])], [],
    ])
    #expect(batch.targets == [5])
    #expect(batch.predictingRows == [0])
    #expect(batch.spans == [0..<1, 1..<1, 1..<1])
    #expect(batch.trees.count == 4)
  }

  @Test("no completion: nothing is scored, and the prompt is stored")
  func emptyCompletion() {
    let batch = PackedBatch([[Sequence(prompt: [1, 2], completion: [])]])
    #expect(batch.tokens == [1, 2])
    #expect(batch.targets == [])
    #expect(batch.spans == [0..<0])
  }

  @Test("laws of the layout hold for random groups", arguments: 0..<200)
  func laws(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let groups = randomGroups(using: &random)
    let batch = PackedBatch(groups)
    let sequences = groups.flatMap { $0 }

    // Rows: trees lie one after another, trunk before branches, without gap.
    #expect(
      batch.trees.flatMap { [$0.trunk] + $0.branches }.flatMap { Array($0) }
        == Array(batch.tokens.indices))
    #expect(batch.positions.count == batch.tokens.count)
    #expect(batch.trees.count == groups.count)

    // Trunk and branch give back each sequence, and the trunk is as long as it can be.
    for (tree, group) in zip(batch.trees, groups) {
      #expect(tree.branches.count == group.count)
      for (branch, sequence) in zip(tree.branches, group) {
        let rows = Array(tree.trunk) + Array(branch)
        #expect(rows.map { batch.tokens[$0] } == sequence.ids)
        #expect(rows.map { batch.positions[$0] } == Array(rows.indices))
      }
      let next = tree.branches.map { $0.isEmpty ? nil : batch.tokens[$0.lowerBound] }
      #expect(next.contains(nil) || next.count == 0 || Set(next).count > 1 || group.isEmpty)
    }

    // Spans: one a sequence, in order, without gap; targets are the completion's tokens.
    #expect(batch.spans.count == sequences.count)
    #expect(batch.spans.flatMap { Array($0) } == Array(batch.targets.indices))
    for (span, sequence) in zip(batch.spans, sequences) {
      let first = max(1, sequence.completionStart)
      #expect(Array(batch.targets[span]) == Array(sequence.ids.dropFirst(first)))
      for (index, scored) in zip(first..., span) {
        let row = batch.predictingRows[scored]
        #expect(batch.tokens[row] == sequence.ids[index - 1])
        #expect(batch.positions[row] == index - 1)
      }
    }
    for (branchesAndTrunk, span) in zip(rowsOfSequences(batch), batch.spans) {
      #expect(batch.predictingRows[span].allSatisfy(branchesAndTrunk.contains))
    }
  }

  /// The rows that each sequence of a batch occupies.
  private func rowsOfSequences(_ batch: PackedBatch) -> [Set<Int>] {
    batch.trees.flatMap { tree in tree.branches.map { Set(tree.trunk).union($0) } }
  }

  /// Groups of up to four sequences over an alphabet of two, so that prefixes are often shared.
  private func randomGroups(using random: inout SeededGenerator) -> [[Sequence]] {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      (0..<Int.random(in: 0...4, using: &random)).map { _ in
        let ids = (0..<Int.random(in: 0...6, using: &random)).map { _ in
          Int32.random(in: 0...1, using: &random)
        }
        let start = Int.random(in: 0...ids.count, using: &random)
        return Sequence(prompt: Array(ids[..<start]), completion: Array(ids[start...]))
      }
    }
  }
}
