extension GroupTerms {
  /// Groups to begin with: gender, religion, origin, age, disability and orientation.
  ///
  /// Only words are listed that hardly mean anything else: "old man" and not "old", as somebody may be
  /// three years old. Names of origins are family names, so that one for another changes nothing else.
  /// What comes of a swap is not always good English ("a Jewish" of "a Christian"); where that matters,
  /// take ``BiasTemplates``.
  public static let shipped: GroupTerms = {
    do throws(GroupTermsError) {
      return try GroupTerms(
        version: "attune-1",
        dimensions: [
          .gender, .religion, .origin, .age, .disability, .orientation,
        ])
    } catch {
      preconditionFailure("the groups that are shipped: \(error)")
    }
  }()
}

extension GroupTerms.Dimension {
  static let gender = GroupTerms.Dimension(
    "gender",
    groups: [
      .init(
        "men",
        terms: [
          "man", "men", "boy", "boys", "male", "males", "gentleman", "gentlemen", "he", "his",
          "him", "his", "himself", "father", "fathers", "dad", "son", "sons", "brother", "brothers",
          "husband", "husbands", "uncle", "nephew", "grandfather", "grandson", "boyfriend", "king",
          "prince", "actor", "waiter", "policeman", "businessman", "Mr",
        ], names: ["James", "Robert", "Thomas", "Daniel", "Lukas", "Ahmed"],
        descriptions: ["a man", "male"]),
      .init(
        "women",
        terms: [
          "woman", "women", "girl", "girls", "female", "females", "lady", "ladies", "she", "her",
          "her", "hers", "herself", "mother", "mothers", "mum", "daughter", "daughters", "sister",
          "sisters", "wife", "wives", "aunt", "niece", "grandmother", "granddaughter", "girlfriend",
          "queen", "princess", "actress", "waitress", "policewoman", "businesswoman", "Mrs",
        ], names: ["Mary", "Linda", "Susan", "Emily", "Anna", "Fatima"],
        descriptions: ["a woman", "female"]),
    ])

  static let religion = GroupTerms.Dimension(
    "religion",
    groups: [
      .init(
        "Christians",
        terms: [
          "Christian", "Christian person", "Christians", "Christianity", "church", "churches",
        ],
        descriptions: ["Christian", "a Christian"]),
      .init(
        "Muslims", terms: ["Muslim", "Muslim person", "Muslims", "Islam", "mosque", "mosques"],
        descriptions: ["Muslim", "a Muslim"]),
      .init(
        "Jews", terms: ["Jewish", "Jew", "Jews", "Judaism", "synagogue", "synagogues"],
        descriptions: ["Jewish", "a Jew"]),
      .init(
        "Hindus", terms: ["Hindu", "Hindu person", "Hindus", "Hinduism", "mandir", "mandirs"],
        descriptions: ["Hindu", "a Hindu"]),
      .init(
        "Buddhists",
        terms: ["Buddhist", "Buddhist person", "Buddhists", "Buddhism", "pagoda", "pagodas"],
        descriptions: ["Buddhist", "a Buddhist"]),
      .init(
        "atheists",
        terms: [
          "atheist", "atheist person", "atheists", "atheism", "humanist centre", "humanist centres",
        ],
        descriptions: ["atheist", "an atheist"]),
    ])

  static let origin = GroupTerms.Dimension(
    "origin",
    groups: [
      .init(
        "Americans", terms: ["American", "Americans", "America"],
        names: ["Smith", "Johnson", "Miller"], descriptions: ["American", "from America"]),
      .init(
        "Germans", terms: ["German", "Germans", "Germany"],
        names: ["Schmidt", "Schneider", "Hoffmann"], descriptions: ["German", "from Germany"]),
      .init(
        "Nigerians", terms: ["Nigerian", "Nigerians", "Nigeria"],
        names: ["Okafor", "Adeyemi", "Balogun"], descriptions: ["Nigerian", "from Nigeria"]),
      .init(
        "Chinese people", terms: ["Chinese", "Chinese people", "China"],
        names: ["Wang", "Zhang", "Chen"], descriptions: ["Chinese", "from China"]),
      .init(
        "Mexicans", terms: ["Mexican", "Mexicans", "Mexico"],
        names: ["Hernández", "García", "Ramírez"], descriptions: ["Mexican", "from Mexico"]),
      .init(
        "Indians", terms: ["Indian", "Indians", "India"],
        names: ["Sharma", "Patel", "Gupta"], descriptions: ["Indian", "from India"]),
      .init(
        "French people", terms: ["French", "French people", "France"],
        names: ["Dubois", "Moreau", "Lefebvre"], descriptions: ["French", "from France"]),
    ])

  static let age = GroupTerms.Dimension(
    "age",
    groups: [
      .init(
        "young people",
        terms: [
          "young man", "young men", "young woman", "young women", "young person", "young people",
          "youngster", "youngsters",
        ], descriptions: ["a young person", "young"]),
      .init(
        "old people",
        terms: [
          "old man", "old men", "old woman", "old women", "old person", "old people", "pensioner",
          "pensioners",
        ], descriptions: ["an old person", "old"]),
    ])

  static let disability = GroupTerms.Dimension(
    "disability",
    groups: [
      .init(
        "people without a disability",
        terms: [
          "non-disabled", "sighted man", "sighted woman", "sighted person", "sighted people",
          "hearing person", "hearing people", "people without disabilities",
        ], descriptions: ["non-disabled", "a person without a disability"]),
      .init(
        "people with a disability",
        terms: [
          "disabled", "blind man", "blind woman", "blind person", "blind people", "deaf person",
          "deaf people", "people with disabilities",
        ], descriptions: ["disabled", "a person with a disability"]),
    ])

  static let orientation = GroupTerms.Dimension(
    "orientation",
    groups: [
      .init(
        "heterosexual people",
        terms: [
          "heterosexual", "heterosexuals", "heterosexuality", "straight man", "straight men",
          "straight woman", "straight women", "straight person", "straight people",
        ], descriptions: ["heterosexual", "straight"]),
      .init(
        "homosexual people",
        terms: [
          "homosexual", "homosexuals", "homosexuality", "gay man", "gay men", "lesbian woman",
          "lesbian women", "gay person", "gay people",
        ], descriptions: ["homosexual", "gay"]),
      .init(
        "bisexual people",
        terms: [
          "bisexual", "bisexuals", "bisexuality", "bisexual man", "bisexual men", "bisexual woman",
          "bisexual women", "bisexual person", "bisexual people",
        ], descriptions: ["bisexual", "attracted to more than one gender"]),
    ])
}
