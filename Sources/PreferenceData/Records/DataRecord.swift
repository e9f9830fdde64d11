/// A record of any type.
public enum DataRecord: Sendable, Hashable {
  /// Two completions, one of them preferred.
  case preference(PreferencePair)
  /// Several completions in order.
  case ranking(Ranking)
  /// A completion to imitate.
  case demonstration(Demonstration)
  /// A completion with a verdict.
  case unpaired(UnpairedCompletion)
  /// Several completions without a judgment.
  case samples(SampleGroup)
  /// A prompt alone.
  case prompt(Prompt)
  /// A text alone.
  case text(Document)
}

extension DataRecord {
  /// Takes a record of that kind out of a row.
  static func decode(from fields: inout RowDecoder, as kind: RecordKind) -> RowOutcome<DataRecord> {
    switch kind.type {
    case .preference: PreferencePair.decode(from: &fields, as: kind).map(Self.preference)
    case .ranking: Ranking.decode(from: &fields, as: kind).map(Self.ranking)
    case .demonstration: Demonstration.decode(from: &fields, as: kind).map(Self.demonstration)
    case .unpaired: UnpairedCompletion.decode(from: &fields, as: kind).map(Self.unpaired)
    case .samples: SampleGroup.decode(from: &fields, as: kind).map(Self.samples)
    case .prompt: Prompt.decode(from: &fields, as: kind).map(Self.prompt)
    case .text: Document.decode(from: &fields, as: kind).map(Self.text)
    }
  }
}
