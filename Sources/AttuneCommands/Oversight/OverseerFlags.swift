public import ArgumentParser
public import Endpoints
import Foundation
import LanguageModels
import Pipelines
import PreferenceData
import Sampling
import Trainers

/// The model that a command asks: a checkpoint here, one behind a server, or a program.
struct OverseerFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Model directory.", valueName: "directory"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "A server that speaks as OpenAI's does, such as https://host/v1, in place of --model. Its token is taken "
        + "from ATTUNE_ENDPOINT_TOKEN.", valueName: "address"))
  var endpoint: String?

  @Option(help: ArgumentHelp("The model as the server calls it.", valueName: "name"))
  var endpointModel: String?

  @Option(
    help: ArgumentHelp(
      "What the server is asked by: chat or text (default: chat).", valueName: "api"))
  var endpointAPI: CompletionAPI?

  @Option(
    help: ArgumentHelp(
      "Count votes of so many completions, for a server without log probabilities.",
      valueName: "count"))
  var votes: Int?

  @Option(help: ArgumentHelp("Requests under way at a time (default: 8).", valueName: "count"))
  var concurrency: Int?

  @Option(
    help: ArgumentHelp(
      "How long an answer of the server, or a batch of the program, may take (default: 300).",
      valueName: "seconds"))
  var timeout: Double?

  @Option(help: ArgumentHelp("What a million tokens of prompts cost.", valueName: "price"))
  var promptPrice: Double?

  @Option(help: ArgumentHelp("What a million tokens of completions cost.", valueName: "price"))
  var completionPrice: Double?

  @Option(help: ArgumentHelp("Stop where the answers have cost this.", valueName: "cost"))
  var maxCost: Double?

  @Option(
    help: ArgumentHelp(
      "A program that answers in JSON lines, in place of --model: prompt and draw with completion, text and "
        + "options with log_probabilities.", valueName: "command"))
  var program: String?

  @OptionGroup var drawing: DrawingFlags

  @Option(help: ArgumentHelp("Sequences that are sampled at a time, at most.", valueName: "count"))
  var batchSize = 64

  @Option(help: ArgumentHelp("What all draws depend on.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Where answers are kept as soon as they are there (default: beside the output).",
      valueName: "file"))
  var journal: String?

  func validate() throws {
    guard [model, endpoint, program].compactMap({ $0 }).count == 1 else {
      throw ValidationError("give one of '--model', '--endpoint' and '--program'.")
    }
    if endpoint != nil, endpointModel == nil {
      throw ValidationError(
        "'--endpoint' needs '--endpoint-model', the model as the server calls it.")
    }
    let ofEndpoint: [(String, Bool)] = [
      ("--endpoint-model", endpointModel != nil), ("--endpoint-api", endpointAPI != nil),
      ("--votes", votes != nil), ("--concurrency", concurrency != nil),
      ("--prompt-price", promptPrice != nil), ("--completion-price", completionPrice != nil),
      ("--max-cost", maxCost != nil),
    ]
    if endpoint == nil, let (name, _) = ofEndpoint.first(where: \.1) {
      throw ValidationError("'\(name)' is about '--endpoint'.")
    }
    if timeout != nil, model != nil {
      throw ValidationError("'--timeout' is about '--endpoint' and '--program'.")
    }
    for (name, value) in [
      ("--votes", votes), ("--concurrency", concurrency), ("--batch-size", batchSize),
    ] {
      if let value, value < 1 {
        throw ValidationError("'\(name)' is \(value), but must be at least 1.")
      }
    }
    for (name, value) in [("--timeout", timeout), ("--max-cost", maxCost)] {
      if let value, !(value > 0 && value.isFinite) {
        throw ValidationError("'\(name)' is \(value), but must be above 0.")
      }
    }
    for (name, value) in [("--prompt-price", promptPrice), ("--completion-price", completionPrice)]
    {
      if let value, !(value >= 0 && value.isFinite) {
        throw ValidationError("'\(name)' is \(value), but must be at least 0.")
      }
    }
    if maxCost != nil, promptPrice == nil, completionPrice == nil {
      throw ValidationError("'--max-cost' needs '--prompt-price' and '--completion-price'.")
    }
    if votes != nil, drawing.greedy {
      throw ValidationError("'--greedy' gives the same vote each time; leave '--votes' out.")
    }
  }

  /// Where the bearer token of an endpoint is, so that it gets into no file and no list of processes.
  static let tokenVariable = "ATTUNE_ENDPOINT_TOKEN"

  /// Opens the model.
  ///
  /// - Parameters:
  ///   - path: Where answers are kept unless the options say so; `nil` for nowhere.
  ///   - withheld: What an answer is that a server's filter held back.
  ///   - environment: What ``tokenVariable`` is looked up in.
  /// - Returns: A model to ask.
  /// - Throws: What is wrong with the model, or with the journal.
  func overseer(
    journal path: String?, withheld: CompletionSettings.WithheldAnswer = .error,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Overseer {
    let journal = try (journal ?? path).map { try AnswerJournal(path: $0) }
    if let model {
      let parameters = drawing.parameters(seed: seed)
      let source = try SamplingSource(model: model, batchSize: batchSize, parameters)
      try ModelContinuationScorer.check(model)
      let weights = try CausalLanguageModel(directory: model)
      let identity = try ModelFingerprint(directory: model).hexadecimal
      return Overseer(
        name: model, journal: journal,
        completer: ModelCompleter(source.sampler(of: weights)),
        completionIdentity: "\(identity) \(parameters.identity)",
        scorer: ModelContinuationScorer(weights, source.tokenizer), optionIdentity: identity,
        batchSize: batchSize)
    }
    let limit = Duration.seconds(timeout ?? 300)
    if let program {
      let completer = ProgramCompleter(program: JSONLinesProgram(command: program), limit: limit)
      return Overseer(
        name: program, journal: journal, completer: completer,
        completionIdentity: "\(program) seed \(seed)", scorer: completer, optionIdentity: program,
        batchSize: batchSize)
    }
    let token = environment[Self.tokenVariable].flatMap { $0.isEmpty ? nil : $0 }
    var settings = settings
    settings.withheldAnswer = withheld
    let completer = try CompletionEndpoint(
      base: endpoint ?? "", bearerToken: token, settings: settings, meter: meter, timeout: limit)
    return Overseer(
      name: endpointModel ?? "", journal: journal, completer: completer,
      completionIdentity: completer.completionIdentity, scorer: completer,
      optionIdentity: completer.optionIdentity, batchSize: batchSize, meter: completer.meter)
  }

  private var settings: CompletionSettings {
    CompletionSettings(
      model: endpointModel ?? "", api: endpointAPI ?? .chat,
      temperature: drawing.greedy ? 0 : drawing.temperature ?? 1,
      maximumTokens: drawing.maxNewTokens, seed: seed,
      optionReading: votes.map { .votes($0) } ?? .logProbabilities, concurrency: concurrency ?? 8)
  }

  private var meter: UsageMeter {
    guard promptPrice != nil || completionPrice != nil else { return UsageMeter() }
    let pricing = EndpointPricing(prompt: promptPrice ?? 0, completion: completionPrice ?? 0)
    return maxCost.map { UsageMeter(pricing: pricing, limit: $0) } ?? UsageMeter(pricing: pricing)
  }
}

extension CompletionAPI: ExpressibleByArgument {}

extension SamplingParameters {
  /// What tells draws from others.
  fileprivate var identity: String { "\(choice) \(maxNewTokens) tokens seed \(seed)" }
}
