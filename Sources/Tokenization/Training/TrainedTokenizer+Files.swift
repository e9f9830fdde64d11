internal import PreferenceData

extension TrainedTokenizer {
  /// The contents of `tokenizer.json`, a token or a merge a line.
  ///
  /// The same text and recipe give the same bytes.
  public var tokenizerFile: String {
    let added = recipe.specialTokens.enumerated().map { id, content in
      Self.line([
        "id": .number(Double(id)), "content": .string(content), "single_word": .boolean(false),
        "lstrip": .boolean(false), "rstrip": .boolean(false), "normalized": .boolean(false),
        "special": .boolean(true),
      ])
    }
    let vocabulary = tokens.enumerated().map { id, token in "\(Self.line(.string(token))): \(id)" }
    let pairs = merges.map { "[\(Self.line(.string($0.left))), \(Self.line(.string($0.right)))]" }
    func byteLevel(addsPrefixSpace: Bool) -> String {
      Self.line([
        "type": .string("ByteLevel"), "add_prefix_space": .boolean(addsPrefixSpace),
        "trim_offsets": .boolean(true), "use_regex": .boolean(true),
      ])
    }
    return """
      {
      "version": "1.0",
      "truncation": null,
      "padding": null,
      "added_tokens": [
      \(added.joined(separator: ",\n"))
      ],
      "normalizer": null,
      "pre_tokenizer": \(byteLevel(addsPrefixSpace: false)),
      "post_processor": null,
      "decoder": \(byteLevel(addsPrefixSpace: true)),
      "model": {
      "type": "BPE",
      "dropout": null,
      "unk_token": null,
      "continuing_subword_prefix": null,
      "end_of_word_suffix": null,
      "fuse_unk": false,
      "byte_fallback": false,
      "ignore_merges": false,
      "vocab": {
      \(vocabulary.joined(separator: ",\n"))
      },
      "merges": [
      \(pairs.joined(separator: ",\n"))
      ]
      }
      }

      """
  }

  /// The contents of `tokenizer_config.json`: which token ends a sequence and which one pads.
  ///
  /// No token begins a sequence, as none is put there.
  public var configurationFile: String {
    """
    {
      "tokenizer_class": "PreTrainedTokenizerFast",
      "eos_token": \(Self.line(.string(recipe.endOfSequence))),
      "pad_token": \(Self.line(.string(recipe.padding))),
      "clean_up_tokenization_spaces": false
    }

    """
  }

  private static func line(_ object: JSONObject) -> String { line(.object(object)) }

  private static func line(_ value: JSONValue) -> String {
    guard let text = value.text else { preconditionFailure("\(value) holds finite numbers alone") }
    return text
  }
}
