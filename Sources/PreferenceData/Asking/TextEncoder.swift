/// Something that makes vectors of texts: a model here, by what it knows at a text's end.
public protocol TextEncoder {
  /// The vectors of texts.
  ///
  /// - Parameter texts: Not empty.
  /// - Returns: One vector a text, all of one length.
  /// - Throws: What the encoder cannot do, as a sentence.
  func vectors(of texts: [String]) throws -> [[Double]]
}
