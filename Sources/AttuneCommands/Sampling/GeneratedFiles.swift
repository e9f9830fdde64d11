import PreferenceData
import Sampling

/// What `attune generate` writes: completions, demonstrations made of the best ones, or both.
///
/// The files are opened first, so that one which cannot be does not cost the time of sampling.
struct GeneratedFiles: ~Copyable {
  /// The files as they are called.
  let names: String
  private var out: JSONLinesWriter?
  private var rejection: JSONLinesWriter?

  /// Opens the files.
  ///
  /// - Parameters:
  ///   - out: The file of completions.
  ///   - rejection: The file of demonstrations.
  /// - Throws: `DataError` for one that cannot be written.
  init(out: String?, rejection: String?) throws(DataError) {
    names = [out, rejection].compactMap(\.self).joined(separator: " and ")
    self.out = nil
    self.rejection = nil
    if let out { self.out = try JSONLinesWriter(path: out) }
    if let rejection { self.rejection = try JSONLinesWriter(path: rejection) }
  }

  /// Writes completions as they are.
  ///
  /// - Parameters:
  ///   - completions: For each prompt its completions.
  ///   - prompts: The prompts.
  ///   - asLists: Whether there may be several of a prompt.
  /// - Throws: `DataError` if the file cannot be written.
  consuming func write(
    _ completions: [[SampledCompletion]], of prompts: [TextPrompt], asLists: Bool
  ) throws(DataError) {
    for (prompt, completions) in zip(prompts, completions) {
      try out?.write(
        asLists
          ? JSONObject(prompt: prompt.text, completions: completions)
          : JSONObject(prompt: prompt.text, completion: completions[0]))
    }
    try commit()
  }

  /// Writes completions with their rewards, and the best ones as demonstrations.
  ///
  /// - Parameters:
  ///   - groups: The completions of each prompt.
  ///   - choosing: Whether only the best ones are among the completions.
  /// - Returns: How many demonstrations there are.
  /// - Throws: `DataError` if a file cannot be written.
  consuming func write(_ groups: [RewardedGroup], choosing: Bool) throws(DataError) -> Int {
    var demonstrations = 0
    for group in groups {
      try out?.write(choosing ? group.bestRow : group.listRow)
      if let demonstration = group.demonstration {
        try rejection?.write(demonstration)
        demonstrations += 1
      }
    }
    try commit()
    return demonstrations
  }

  private consuming func commit() throws(DataError) {
    if let out = out.take() { try out.commit() }
    if let rejection = rejection.take() { try rejection.commit() }
  }
}
