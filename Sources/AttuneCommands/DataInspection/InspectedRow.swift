package import PreferenceData

/// A record as token ids, as training would see it.
package struct InspectedRow: Equatable, Sendable {
  /// What is trained: one completion, or a text.
  package struct Side: Equatable, Sendable {
    /// What training makes of it.
    package let role: Role
    /// The ids that are left.
    package let kept: [Int32]
    /// How many ids `max_length` cuts off at the end.
    package let cut: Int

    /// The ids before cutting.
    package var length: Int { kept.count + cut }
  }

  /// What training makes of a completion or a text.
  package enum Role: Hashable, Sendable {
    case chosen, rejected, completion, desirable, undesirable, text
    /// One of several, 1 the best.
    case ranked(Int)
  }

  /// Where the row stood.
  package let source: SourceLocation
  /// The ids that all sides begin with, as far as they are the prompt's.
  package let prompt: [Int32]
  /// The ids of the prompt alone that are not among those, as its end merges with a completion.
  package let merged: [Int32]
  /// The sides; none of a prompt alone.
  package let sides: [Side]
  /// How much the row counts.
  package let weight: Double
  /// By how much its first side is better, where the data say so.
  package let margin: Double?
  /// Why training leaves the row out, if so.
  package let dropped: DropReason?

  /// A row whose weight and margin nobody gave, unless they are named.
  init(
    source: SourceLocation, prompt: [Int32] = [], merged: [Int32] = [], sides: [Side] = [],
    weight: Double = 1, margin: Double? = nil, dropped: DropReason? = nil
  ) {
    self.source = source
    self.prompt = prompt
    self.merged = merged
    self.sides = sides
    self.weight = weight
    self.margin = margin
    self.dropped = dropped
  }

  /// The ids cut off of all sides.
  var cutTokens: Int { sides.reduce(0) { $0 + $1.cut } }
}

extension InspectedRow.Role {
  /// What a row of this role is called beside its text.
  var label: String {
    switch self {
    case .ranked(let rank): "rank \(rank)"
    case .chosen, .rejected, .completion, .desirable, .undesirable, .text: column
    }
  }

  /// What the lengths of this role are counted as.
  var column: String {
    switch self {
    case .chosen: "chosen"
    case .rejected: "rejected"
    case .completion, .ranked: "completion"
    case .desirable: "desirable"
    case .undesirable: "undesirable"
    case .text: "text"
    }
  }

  /// How it is painted.
  var style: TerminalColor.Style {
    switch self {
    case .rejected, .undesirable: .red
    case .chosen, .completion, .desirable, .text, .ranked: .green
    }
  }
}
