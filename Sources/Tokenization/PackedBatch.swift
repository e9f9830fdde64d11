/// Sequences of token ids in one flat list, without padding and with what they share stored once.
///
/// The sequences come in groups. A group is a tree: its trunk is the longest prefix that all of
/// its sequences share, token by token, and each sequence continues it with a branch of its own
/// (possibly empty). Sharing is decided on token ids, so a merge across the prompt's end costs
/// sharing and never correctness.
///
/// A sequence's completion tokens are *scored*: token t is predicted by the hidden state of
/// token t − 1 of the same sequence, wherever that lies. Scored tokens of one sequence are
/// neighbours in ``targets``, at ``spans``.
public struct PackedBatch: Equatable, Sendable {
  /// A sequence and where its completion begins.
  public struct Sequence: Equatable, Sendable {
    /// Prompt and completion.
    public var ids: [Int32]
    /// The index of the first token that counts.
    public var completionStart: Int
    /// Runs of tokens after it that do not count, such as what others say between a speaker's turns:
    /// ascending, none of them empty.
    public var unscored: [Range<Int>] = []

    /// Joins a prompt and a completion.
    ///
    /// - Parameters:
    ///   - prompt: The ids that are conditioned on.
    ///   - completion: The ids that are scored.
    public init(prompt: [Int32], completion: [Int32]) {
      ids = prompt + completion
      completionStart = prompt.count
    }

    /// A text of which some stretches count.
    ///
    /// - Parameters:
    ///   - ids: The whole text.
    ///   - scored: The runs of tokens that count, ascending.
    public init(_ ids: [Int32], scored: [Range<Int>]) {
      self.ids = ids
      completionStart = scored.first?.lowerBound ?? ids.count
      let ends = scored.map(\.upperBound)
      let starts = scored.dropFirst().map(\.lowerBound) + [ids.count]
      unscored = zip(ends, starts).filter { $0 < $1 }.map { $0..<$1 }
    }

    /// The runs of tokens that count: the completion but for ``unscored``, and never the first token
    /// of a sequence, which nothing predicts.
    public var scored: [Range<Int>] {
      var runs: [Range<Int>] = []
      var start = max(1, completionStart)
      for gap in unscored {
        if start < gap.lowerBound { runs.append(start..<gap.lowerBound) }
        start = max(start, gap.upperBound)
      }
      if start < ids.count { runs.append(start..<ids.count) }
      return runs
    }

    /// How many tokens count.
    public var scoredTokens: Int {
      unscored.isEmpty
        ? max(0, ids.count - max(1, completionStart)) : scored.reduce(0) { $0 + $1.count }
    }
  }

  /// A shared trunk and its continuations, as runs of rows of ``tokens``.
  public struct Tree: Equatable, Sendable {
    /// The rows that all sequences of the group share.
    public var trunk: Range<Int>
    /// The rows of each sequence after the trunk.
    public var branches: [Range<Int>]
  }

  /// All tokens: tree after tree, trunk before branches.
  public private(set) var tokens: [Int32] = []
  /// The place of each token in its own sequence, from 0.
  public private(set) var positions: [Int] = []
  /// One tree a group.
  public private(set) var trees: [Tree] = []
  /// For each scored token, the row whose hidden state predicts it. Rows repeat: a trunk's last
  /// token predicts the first token of each branch.
  public private(set) var predictingRows: [Int] = []
  /// For each scored token, its id.
  public private(set) var targets: [Int32] = []
  /// For each sequence, in order of groups, its scored tokens.
  public private(set) var spans: [Range<Int>] = []

  /// Packs groups of sequences.
  ///
  /// The first token of a sequence has no prediction and is never scored.
  ///
  /// - Parameter groups: For instance one group a preference pair: its two sides.
  public init(_ groups: [[Sequence]]) {
    for group in groups { append(group) }
  }

  /// For each sequence, in order of groups, the row of its last token. Rows repeat where sequences are
  /// equal. No sequence may be empty.
  public var lastRows: [Int] {
    trees.flatMap { tree in
      tree.branches.map { ($0.isEmpty ? tree.trunk : $0).upperBound - 1 }
    }
  }

  private mutating func append(_ group: [Sequence]) {
    let shared = Self.commonPrefix(group.map(\.ids))
    let trunk = tokens.count..<tokens.count + shared
    if let first = group.first { appendTokens(first.ids.prefix(shared), from: 0) }
    var tree = Tree(trunk: trunk, branches: [])
    for sequence in group {
      let branch = tokens.count..<tokens.count + sequence.ids.count - shared
      appendTokens(sequence.ids.dropFirst(shared), from: shared)
      tree.branches.append(branch)
      score(sequence, trunk: trunk, branch: branch)
    }
    trees.append(tree)
  }

  private mutating func appendTokens(_ ids: ArraySlice<Int32>, from position: Int) {
    tokens += ids
    positions += position..<position + ids.count
  }

  private mutating func score(_ sequence: Sequence, trunk: Range<Int>, branch: Range<Int>) {
    let start = targets.count
    for index in sequence.scored.joined() {
      let before = index - 1
      predictingRows.append(
        before < trunk.count
          ? trunk.lowerBound + before : branch.lowerBound + before - trunk.count)
      targets.append(sequence.ids[index])
    }
    spans.append(start..<targets.count)
  }

  /// The number of leading ids that all sequences have in common.
  package static func commonPrefix(_ sequences: [[Int32]]) -> Int {
    guard let first = sequences.first else { return 0 }
    return sequences.dropFirst().reduce(first.count) { length, other in
      zip(first.prefix(length), other).prefix { $0 == $1 }.count
    }
  }
}
