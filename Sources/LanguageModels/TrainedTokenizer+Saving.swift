package import Tokenization
internal import RunRecords

extension TrainedTokenizer {
  /// Makes a folder with `tokenizer.json` and `tokenizer_config.json`, whole or not at all.
  ///
  /// - Parameter directory: The folder, which is missing or empty.
  /// - Throws: `RunRecordError` with what is in the way.
  package func write(to directory: String) throws {
    let folder = try NewFolder(at: directory)
    for (name, content) in [
      ("tokenizer.json", tokenizerFile), ("tokenizer_config.json", configurationFile),
    ] {
      try AtomicFile.write(content, to: "\(folder.path)/\(name)")
    }
    try folder.commit()
  }
}
