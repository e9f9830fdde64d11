/// What ``PlainWords`` are spelled with: the characters of a text, or the bytes of one that is ASCII.
protocol PlainSign: Equatable {
  /// Whether it is a letter.
  var isLetter: Bool { get }
  /// Whether it is a digit or another number.
  var isNumber: Bool { get }
  /// Whether it is white space.
  var isWhitespace: Bool { get }
  /// Whether it stands within a word without parting it.
  var isApostrophe: Bool { get }
  /// The letter that a digit or a sign stands for within a word.
  var letter: Self? { get }

  /// A word in lower case, with look-alikes of other scripts undone.
  static func lowercase(_ word: [Self]) -> [Self]

  /// A word as text.
  static func text(_ word: [Self]) -> String
}

extension UInt8: PlainSign {
  var isLetter: Bool {
    let lower = self | 0x20
    return UInt8(ascii: "a") <= lower && lower <= UInt8(ascii: "z")
  }

  var isNumber: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }

  var isWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  var isApostrophe: Bool { self == UInt8(ascii: "'") }

  var letter: UInt8? {
    let letter = Self.letters[Int(self)]
    return letter == 0 ? nil : letter
  }

  static func lowercase(_ word: [UInt8]) -> [UInt8] {
    word.map { $0.isLetter ? $0 | 0x20 : $0 }
  }

  static func text(_ word: [UInt8]) -> String { String(decoding: word, as: UTF8.self) }

  /// ``Character/letters`` by byte; 0 for none.
  private static let letters: [UInt8] = {
    var letters = [UInt8](repeating: 0, count: 256)
    for (sign, letter) in Character.letters {
      guard let sign = sign.asciiValue, let letter = letter.asciiValue else { continue }
      letters[Int(sign)] = letter
    }
    return letters
  }()
}

extension Character: PlainSign {
  var isApostrophe: Bool { self == "'" || self == "’" }

  var letter: Character? { Self.letters[self] }

  static func lowercase(_ word: [Character]) -> [Character] {
    Array(String(latin(word)).lowercased())
  }

  static func text(_ word: [Character]) -> String { String(word) }

  /// A word with look-alikes of other scripts undone, if it then is Latin; a Russian word is no disguise.
  private static func latin(_ word: [Character]) -> [Character] {
    let latin = word.map { lookalikes[$0] ?? $0 }
    return latin.allSatisfy({ !$0.isLetter || $0.isASCII }) ? latin : word
  }

  /// What stands for a letter within a word.
  static let letters: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a",
    "$": "s", "!": "i", "|": "i", "€": "e", "£": "l", "+": "t",
  ]

  /// Letters of the Cyrillic and Greek scripts that look like Latin ones, after the confusables of
  /// Unicode Technical Standard 39; and the letters that have no decomposition.
  static let lookalikes: [Character: Character] = {
    let pairs = zip(
      "аеорсхуіјѕһԁԛԝӏвкмнтгАВЕКМНОРСТУХІЈЅԌԚԜӀαβεικνορτυχγηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧıłøđħŧŁØĐ",
      "aeopcxyijshdqwlbkmhtrABEKMHOPCTYXIJSGQWIabeiknoptuxynwABEZHIKMNOPTYXilodhtLOD"
    )
    return Dictionary(uniqueKeysWithValues: pairs.map { ($0, $1) })
  }()
}
