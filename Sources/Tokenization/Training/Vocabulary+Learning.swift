extension Vocabulary {
  /// Adds a token with the next id.
  ///
  /// - Returns: The id; nil, and nothing changes, when the text is taken.
  mutating func append(_ text: some RandomAccessCollection<UInt8>) -> Int32? {
    let id = Int32(count)
    return insert(text, id: id) ? id : nil
  }

  /// The token of each byte, or -1 where there is none.
  var byteIDs: [Int32] {
    ByteAlphabet.characters.map { character in
      var token: [UInt8] = []
      token.appendUTF8(of: character)
      return id(of: token) ?? -1
    }
  }
}
