internal import PreferenceData

extension Feedback {
  static let tagLimit = 16
  private static let nameBytes = 64
  private static let identifierBytes = 256
  private static let tagBytes = 64
  private static let commentBytes = 10_000
  private static let correctionBytes = 200_000

  /// Refuses what cannot be meant, as far as that can be told without the responses.
  ///
  /// - Throws: ``FeedbackError``
  func validate() throws(FeedbackError) {
    let (names, texts) = (
      [("name", name, Self.nameBytes), ("identifier", identifier, Self.identifierBytes)],
      [
        ("comment", comment ?? "", Self.commentBytes),
        ("correction", correction ?? "", Self.correctionBytes),
      ] + tags.map { ("tags", $0, Self.tagBytes) }
    )
    for (field, text, _) in names where text.isEmpty || text.hasControlCharacters {
      throw .name(field: field)
    }
    for (field, text, limit) in names + texts where text.utf8.count > limit {
      throw .long(field: field, bytes: text.utf8.count, limit: limit)
    }
    guard tags.count <= Self.tagLimit else { throw .tags(tags.count) }
    if let rating, !(-1...1).contains(rating) { throw .rating(rating) }
    if let label {
      guard let known = FeedbackLabel(rawValue: label) else { throw .label(label) }
      if let rating, rating * known.rating < 0 { throw .contradiction(rating, label: label) }
    }
    if preferredID == response { throw .prefersItself(response) }
    guard saysSomething else { throw .nothingSaid }
  }

  /// Whether there is more than tags.
  var saysSomething: Bool {
    rating != nil || label != nil || preferredID != nil || comment != nil || correction != nil
  }

  /// The feedback as it is kept: texts without personal data, and those without a letter not at all.
  func scrubbed(by scrubber: PersonalDataScrubber) -> Feedback {
    func kept(_ text: String?) -> String? {
      guard let text, !Passage.text(text).isBlank else { return nil }
      return scrubber.scrub(text).text.storable
    }
    var copy = self
    (copy.comment, copy.correction) = (kept(comment), kept(correction))
    copy.tags = tags.compactMap(kept)
    return copy
  }
}
