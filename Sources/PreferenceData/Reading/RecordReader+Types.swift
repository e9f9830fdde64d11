extension RecordReader where Record == PreferencePair {
  /// Pairs from explicit and implicit preferences and from A/B comparisons.
  public static var preferencePairs: Self {
    Self(type: .preference, decode: PreferencePair.decode)
  }
}

extension RecordReader where Record == Ranking {
  /// Rankings.
  public static var rankings: Self { Self(type: .ranking, decode: Ranking.decode) }
}

extension RecordReader where Record == Demonstration {
  /// Demonstrations.
  public static var demonstrations: Self {
    Self(type: .demonstration, decode: Demonstration.decode)
  }
}

extension RecordReader where Record == UnpairedCompletion {
  /// Completions with a verdict each.
  public static var unpairedCompletions: Self {
    Self(type: .unpaired, decode: UnpairedCompletion.decode)
  }
}

extension RecordReader where Record == Prompt {
  /// Prompts, from any file that has a column of them.
  public static var prompts: Self { Self(type: .prompt, decode: Prompt.decode) }

  /// The same, with the further fields of their rows: what a reward may ask about.
  public static var promptsWithFields: Self {
    Self(type: .prompt, fields: .all, decode: Prompt.decodeWithFields)
  }
}

extension RecordReader where Record == Document {
  /// Texts, from any file that has a column of them.
  public static var documents: Self { Self(type: .text, decode: Document.decode) }
}
