extension RecordReader where Record == PreferencePair {
  /// Pairs from explicit and implicit preferences and from A/B comparisons.
  public static var preferencePairs: Self {
    Self(
      kinds: [.explicitPreference, .implicitPreference, .comparison], decode: PreferencePair.decode)
  }
}

extension RecordReader where Record == Ranking {
  /// Rankings.
  public static var rankings: Self { Self(kinds: [.ranking], decode: Ranking.decode) }
}

extension RecordReader where Record == Demonstration {
  /// Demonstrations.
  public static var demonstrations: Self {
    Self(kinds: [.demonstration], decode: Demonstration.decode)
  }
}

extension RecordReader where Record == UnpairedCompletion {
  /// Completions with a verdict each.
  public static var unpairedCompletions: Self {
    Self(kinds: [.unpaired], decode: UnpairedCompletion.decode)
  }
}

extension RecordReader where Record == Prompt {
  /// Prompts, from any file that has a column of them.
  public static var prompts: Self { Self(kinds: [.prompt], decode: Prompt.decode) }
}

extension RecordReader where Record == Document {
  /// Texts, from any file that has a column of them.
  public static var documents: Self { Self(kinds: [.text], decode: Document.decode) }
}
