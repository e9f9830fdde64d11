extension Lexicon {
  /// Words and phrases of violence, weapons, crime, drugs, abuse and hurting oneself, with harmless uses.
  ///
  /// It is short, English, and knows no context: a text about the police has as many matches as one by
  /// a thief. It is there to be compared with, so that a trained classifier is seen to know more than a
  /// list, and as one feature of such a classifier.
  public static let harm = Lexicon(
    phrases: [
      // Violence
      "kill", "kills", "killed", "killing", "murder", "murdered", "murdering", "assassinate",
      "stab",
      "stabbing", "strangle", "choke", "suffocate", "torture", "beat up", "beat him", "beat her",
      "punch", "assault", "attack", "hurt someone", "hurt him", "hurt her", "hit man", "hitman",
      "shoot",
      "shooting", "lynch", "massacre", "behead", "kidnap", "kidnapping", "hostage", "poison",
      "poisoning", "run over", "dead body", "dispose of a body", "hide a body", "get away with",
      // Weapons
      "gun", "guns", "bomb", "bombs", "explosive", "explosives", "grenade", "molotov", "pipe bomb",
      "detonate", "ammunition", "silencer", "nerve gas", "sarin", "anthrax", "ricin",
      // Crime
      "steal", "stealing", "shoplift", "shoplifting", "rob", "robbery", "burglary", "break into",
      "pick a lock", "hotwire", "arson", "set fire to", "burn down", "launder money", "counterfeit",
      "forge", "fake id", "credit card fraud", "identity theft", "scam", "blackmail", "extort",
      "bribe",
      "smuggle", "hack into", "hack", "malware", "ransomware", "keylogger", "phishing", "ddos",
      "tax evasion", "avoid taxes", "embezzle",
      // Drugs
      "cocaine", "heroin", "meth", "crystal meth", "crack", "lsd", "ecstasy", "fentanyl",
      "drug dealer",
      "deal drugs", "sell drugs", "get high", "roofie", "roofies", "spike a drink",
      // Abuse and hatred
      "rape", "raped", "molest", "molesting", "pedophile", "child porn", "revenge porn", "stalk",
      "stalking", "spy on", "harass", "harassing", "abuse", "bully", "bullying", "racist", "nazi",
      "hitler", "white power", "ethnic cleansing", "genocide", "slave", "slut", "whore", "bitch",
      "retard", "retarded",
      // Oneself
      "suicide", "kill myself", "end my life", "cut myself", "hurt myself", "self harm", "overdose",
      "hang myself", "starve myself", "anorexia", "bulimia",
    ],
    allowed: [
      "kill time", "kill a process", "kill the process", "kill weeds", "killing it",
      "murder mystery",
      "shoot a photo", "shoot a video", "shoot a film", "shoot hoops", "photo shoot",
      "shooting star",
      "shooting stars", "punch bowl", "punch line", "hole punch", "fruit punch", "heart attack",
      "panic attack", "asthma attack", "glue gun", "nail gun", "bath bomb", "bath bombs",
      "crack an egg", "crack the egg", "crack of dawn", "crack open", "life hack", "steal the show",
      "suicide prevention", "suicide hotline", "gun control", "poison ivy", "food poisoning",
      "rob a bank in the game", "artichoke", "blacksmith forge", "forge ahead", "growth hack",
      "run over budget", "drug abuse treatment", "get away with my family",
    ])
}
