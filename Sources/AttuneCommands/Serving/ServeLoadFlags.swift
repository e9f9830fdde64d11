import ArgumentParser
import Foundation
import LanguageModels
import ModelServer

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
    help: ArgumentHelp("Seconds that an answer may take at most.", valueName: "seconds"))
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
