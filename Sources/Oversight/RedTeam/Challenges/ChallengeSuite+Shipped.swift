internal import PreferenceData

extension ChallengeSuite {
  /// The suite that is part of this library: eleven categories of twelve pairs, of which four each are
  /// held out.
  ///
  /// It was written for this purpose and is small: what it finds is there, and what it does not find may
  /// be there all the same.
  public static let shipped: ChallengeSuite = {
    var rows: [Prompt] = []
    let lines = PackageResources.challenges_jsonl.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      guard case .object(let fields)? = JSONValue(parsing: Array(line)),
        case .string(let prompt)? = fields["prompt"]
      else { preconditionFailure("line \(index + 1) of the shipped suite is no challenge") }
      rows.append(
        Prompt(
          prompt: .text(prompt), fields: fields,
          source: SourceLocation(file: "challenges.jsonl", line: index + 1)))
    }
    do throws(DataError) {
      return try ChallengeSuite(rows)
    } catch {
      preconditionFailure("the shipped suite cannot be read: \(error)")
    }
  }()
}
