import ArgumentParser

/// Who may ask.
struct ServeKeyFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A key that requests may show; may be given several times. In the environment: ATTUNE_API_KEY, which other "
        + "users of this machine cannot see.", valueName: "key"))
  var apiKey: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file of keys with their limits, read at the start; 'attune serve key' adds to it.",
      valueName: "file"))
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "The key of administration (in the environment: ATTUNE_ADMIN_KEY; default: one is made and shown).",
      valueName: "key"))
  var adminKey: String?

  func validate() throws {
    for (name, keys) in [("--api-key", apiKey), ("--admin-key", [adminKey].compactMap(\.self))]
    where keys.contains(where: \.isEmpty) {
      throw ValidationError("'\(name)' is empty, but must be a key that nobody can guess.")
    }
  }
}
