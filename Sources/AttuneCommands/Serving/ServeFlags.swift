import ArgumentParser
import AnnotationStore
import Foundation
import LanguageModels
import ModelServer
import Pipelines
import WebSupport

/// Where `attune serve` listens.
struct ServeListeningFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "port"))
  var port = 8000

  @Option(
    help: ArgumentHelp(
      "The address to listen on; 0.0.0.0 for all of this machine.", valueName: "address"))
  var host = ListenAddress.loopback

  @Option(
    help: ArgumentHelp(
      "What stands in front: none, plain (a proxy without TLS), tls.", valueName: "proxy"))
  var proxy = ReverseProxy.none

  @Option(
    help: ArgumentHelp(
      "The port of administration, on this machine only; 0 for any that is free (default: the one after --port).",
      valueName: "port"))
  var adminPort: Int?

  func validate() throws {
    for (name, port) in [("--port", port), ("--admin-port", adminPort ?? 0)]
    where !(0...65_535).contains(port) {
      throw ValidationError("'\(name)' is \(port), but must be from 0 to 65535.")
    }
  }

  var address: ListenAddress { ListenAddress(host: host, port: port) }

  var adminAddress: ListenAddress {
    ListenAddress(port: adminPort ?? (port == 0 || port == 65_535 ? 0 : port + 1))
  }
}

/// Who may ask.
struct ServeKeyFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A key that requests may show; may be given several times. In the environment: ATTUNE_API_KEY, which other "
        + "users of this machine cannot see.", valueName: "key"))
  var apiKey: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file of keys with their limits; 'attune serve key' adds to it.", valueName: "file"))
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "The key of administration (in the environment: ATTUNE_ADMIN_KEY; default: one is made and shown).",
      valueName: "key"))
  var adminKey: String?

  /// Whose requests are answered. Where nobody's would be, a key is made and shown.
  ///
  /// - Parameter environment: The process's.
  /// - Returns: The keys.
  /// - Throws: `KeyFileError`.
  func ring(_ environment: [String: String]) throws -> KeyRing {
    let given = apiKey + [environment["ATTUNE_API_KEY"]].compactMap(\.self)
    var records = try keys.map { try KeyFile.read($0).records } ?? []
    for (index, key) in given.enumerated() {
      records.append(
        KeyRecord(
          name: index == 0 ? "command-line" : "command-line-\(index + 1)",
          digest: SecretDigest(hashing: key)))
    }
    if records.isEmpty { records = [Self.made("user", shown: "key", role: .user)] }
    return KeyRing(records)
  }

  /// Who may administer the server.
  func adminRing(_ environment: [String: String]) throws -> KeyRing {
    let filed = try keys.map { try KeyFile.read($0).records.filter { $0.role == .admin } } ?? []
    guard let key = adminKey ?? environment["ATTUNE_ADMIN_KEY"] else {
      return KeyRing(
        filed.isEmpty ? [Self.made("admin", shown: "administration key", role: .admin)] : filed)
    }
    return KeyRing(
      filed + [
        KeyRecord(name: "command-line-admin", digest: SecretDigest(hashing: key), role: .admin)
      ])
  }

  private static func made(_ name: String, shown: String, role: KeyRecord.Role) -> KeyRecord {
    var random = SystemRandomNumberGenerator()
    let key = APIKey(using: &random)
    StandardStream.error.writeLine("attune: \(shown) \(key.text)")
    return KeyRecord(name: name, digest: key.digest, role: role)
  }
}

/// How much the server takes on.
struct ServeLoadFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Answers that are sampled at a time, at most.", valueName: "count"))
  var slots = 64

  @Option(
    help: ArgumentHelp(
      "Tokens of a prompt with its answer, at most (default: the model's positions, at most 2048).",
      valueName: "count"))
  var context: Int?

  @Option(
    help: ArgumentHelp("Answers that may wait for a place; more are refused.", valueName: "count"))
  var maxWaiting = 256

  @Option(
    help: ArgumentHelp("Tokens of an answer where the request does not say.", valueName: "count"))
  var maxTokens = 256

  @Option(
    help: ArgumentHelp("How long an answer may take at most.", valueName: "seconds"))
  var requestTimeout = 600.0

  @Option(
    help: ArgumentHelp("Threads of the engine (default: the machine's cores).", valueName: "count"))
  var threads: Int?

  func validate() throws {
    for (name, value, least) in [
      ("--slots", slots, 1), ("--context", context ?? 2, 2), ("--max-waiting", maxWaiting, 0),
      ("--max-tokens", maxTokens, 1), ("--threads", threads ?? 1, 1),
    ] where value < least {
      throw ValidationError("'\(name)' is \(value), but must be at least \(least).")
    }
    guard requestTimeout > 0, requestTimeout <= 86_400 else {
      throw ValidationError(
        "'--request-timeout' is \(requestTimeout), but must be above 0 and at most 86400.")
    }
  }

  /// Bytes of keys and values that a server takes without being told to.
  private static let usualCache = 2 << 30

  /// What the engine takes on.
  ///
  /// - Parameter models: The models that answer.
  /// - Returns: Settings that all of them have positions for.
  /// - Throws: ``Failure`` for more tokens than a model has positions for; `ModelError`.
  func settings(for models: [ServedModel]) throws -> EngineSettings {
    let configurations = try models.map { try TransformerConfiguration(directory: $0.directory) }
    let positions = configurations.map(\.positionLimit).min() ?? 2048
    let limit = configurations.compactMap(\.sequenceLimit).min() ?? .max
    let tokens = context ?? min(positions, 2048)
    guard tokens <= limit else {
      throw Failure(
        .usage, "'--context' is \(tokens), but the model has \(limit) positions; give at most that")
    }
    let bytes = configurations.reduce(0) { $0 + $1.cacheBytesPerToken } * tokens
    let fitting = max(1, Self.usualCache / bytes)
    if fitting < slots {
      StandardStream.error.writeLine(
        "attune: \(slots) answers of \(tokens) tokens would take \(NumberText.bytes(slots * bytes)) of keys and values; "
          + "\(fitting) are sampled at a time (a smaller --context makes room for more)")
    }
    return EngineSettings(
      slots: min(slots, fitting), context: tokens, maxWaiting: maxWaiting,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// What is granted to requests.
  func service(assumesConsent: Bool) -> ServiceSettings {
    ServiceSettings(
      maxTokens: maxTokens, answerTime: .seconds(requestTimeout), assumesConsent: assumesConsent)
  }
}

/// What reads along, and what is kept.
struct ServeOversightFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A YAML file: what is done with harmful prompts and answers.", valueName: "file"))
  var safety: String?

  @Option(
    help: ArgumentHelp(
      "A folder where answers and feedback are kept, with their texts; without it nothing is.",
      valueName: "directory"))
  var store: String?

  @Flag(help: "Keep prompts and answers, too, without the personal data that rules find in them.")
  var scrubTexts = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Logs of answers that are as they should be: newer ones are compared with them.",
      valueName: "file"))
  var baseline: [String] = []

  @Option(
    help: ArgumentHelp("A YAML file: what of that comparison is alarming.", valueName: "file"))
  var alerts: String?

  @Option(help: ArgumentHelp("Where alerts are posted as JSON.", valueName: "address"))
  var webhook: String?

  @Option(help: ArgumentHelp("Answers that are compared together.", valueName: "count"))
  var window = 500

  @Flag(help: "Let feedback that says nothing of consent be used for training.")
  var assumeConsent = false

  func validate() throws {
    if baseline.isEmpty {
      for (name, isGiven) in [("--alerts", alerts != nil), ("--webhook", webhook != nil)]
      where isGiven {
        throw ValidationError("'\(name)' is about '--baseline'.")
      }
    }
    let least = DriftSettings().leastSample
    guard window >= least else {
      throw ValidationError("'--window' is \(window), but must be at least \(least).")
    }
  }

  var scope: FeedbackStore.ScrubbingScope { scrubTexts ? .everything : .feedback }
}

/// A model on trial.
struct ServeCanaryFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model on trial: a model directory, or the candidate.json of 'attune loop'.",
      valueName: "path"))
  var canary: String?

  @Option(
    help: ArgumentHelp(
      "The share of users that it answers, where there is no plan (default: 0.05).",
      valueName: "share"))
  var share: Double?

  @Option(
    help: ArgumentHelp(
      "A YAML file: how its share grows, and what rolls it back.", valueName: "file"))
  var canaryPlan: String?

  func validate() throws {
    if canary == nil {
      for (name, isGiven) in [("--share", share != nil), ("--canary-plan", canaryPlan != nil)]
      where isGiven {
        throw ValidationError("'\(name)' is about '--canary'.")
      }
    }
    if share != nil, canaryPlan != nil {
      throw ValidationError("give '--share' or '--canary-plan', not both.")
    }
    if let share, !(share > 0 && share < 1) {
      throw ValidationError("'--share' is \(share), but must be above 0 and below 1.")
    }
  }
}
