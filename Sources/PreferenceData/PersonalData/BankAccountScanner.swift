/// Finds what could be an international bank account number: a country, two check digits, and as
/// many characters as accounts of that country have, perhaps in groups.
enum BankAccountScanner {
  /// Where a number that begins at an index ends; no place or one.
  static func ends(_ text: TextStretch, _ start: Int) -> [Int] {
    guard text[start].isLetter, text.byte(at: start + 1).isLetter,
      text.byte(at: start + 2).isDigit, text.byte(at: start + 3).isDigit,
      !text.byte(at: start - 1).isWordPart,
      let length = lengths[String(decoding: text[start..<start + 2], as: UTF8.self).uppercased()]
    else { return [] }
    var (index, count) = (start + 4, 4)
    while count < length {
      index = text.separatorEnd(at: index, among: [.space, .hyphen]) ?? index
      guard text.byte(at: index).isAlphanumeric else { return [] }
      (index, count) = (index + 1, count + 1)
    }
    return text.byte(at: index).isWordPart ? [] : [index]
  }

  /// Characters of a number by its country, as in the registry of ISO 13616.
  private static let lengths: [String: Int] = {
    let registry = """
      AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18
      DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23
      IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27
      MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19
      SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
      """
    return registry.split(whereSeparator: \.isWhitespace).reduce(into: [:]) { lengths, entry in
      lengths[String(entry.prefix(2))] = Int(entry.dropFirst(2))
    }
  }()
}
