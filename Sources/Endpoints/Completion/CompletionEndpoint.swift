public import PreferenceData

/// A model behind a server that speaks as OpenAI's does, of which there are many.
///
///     let critic = try CompletionEndpoint(
///       base: "https://host/v1", bearerToken: token, settings: CompletionSettings(model: "critic"))
///     let texts = try await critic.completions(of: [CompletionRequest("\n\nHuman: Hi\n\nAssistant:")])
///
/// A draw becomes the request's `seed`. Servers that do not mind it give other completions each time:
/// what is to be had again belongs in an ``AnswerJournal``.
public struct CompletionEndpoint: EagerCompleter, EagerScorer, Sendable {
  /// What is asked for.
  public let settings: CompletionSettings
  /// Counts what the answers take.
  public let meter: UsageMeter
  private let endpoint: HTTPEndpoint
  private var window: SlidingWindow { SlidingWindow(width: settings.concurrency) }

  /// An endpoint that was not asked yet.
  ///
  /// - Parameters:
  ///   - base: What the addresses of the server have in common, such as `https://host/v1`.
  ///   - bearerToken: What is sent as `Authorization: Bearer …`.
  ///   - settings: What is asked for.
  ///   - meter: Counts what the answers take, and may stop at a limit.
  ///   - timeout: How long an attempt may take, to the last byte of its answer.
  ///   - retries: How often a request is sent again.
  /// - Throws: ``EndpointError/badAddress(reason:)``.
  public init(
    base: String, bearerToken: String? = nil, settings: CompletionSettings,
    meter: UsageMeter = UsageMeter(), timeout: Duration = .seconds(300),
    retries: RetryPolicy = RetryPolicy()
  ) throws(EndpointError) {
    endpoint = try HTTPEndpoint(
      address: try settings.api.address(under: base), bearerToken: bearerToken, limit: timeout,
      retries: retries)
    (self.settings, self.meter) = (settings, meter)
  }

  /// What tells its completions from those of others: the address, and all settings that change them.
  public var completionIdentity: String {
    var identity = settings.body(of: CompletionRequest(""))
    identity.set("seed", to: .string("\(settings.seed)"))
    return name(with: identity)
  }

  /// What tells its log probabilities of options from those of others.
  public var optionIdentity: String {
    var identity: JSONObject = ["model": .string(settings.model)]
    if case .votes(let count, let tokens) = settings.optionReading {
      identity.set("votes", to: .number(Double(count)))
      identity.set("max_tokens", to: .number(Double(tokens)))
      identity.set("temperature", to: .number(settings.temperature))
      identity.set("seed", to: .string("\(settings.seed)"))
    }
    return name(with: identity)
  }

  private func name(with settings: JSONObject) -> String {
    var members: JSONObject = ["address": .string(endpoint.shownAddress)]
    for member in settings.members where !["messages", "prompt", "n"].contains(member.name) {
      members.set(member.name, to: member.value)
    }
    return JSONValue.object(members).text ?? ""
  }

  /// Continues many prompts, some at a time.
  ///
  /// - Parameters:
  ///   - requests: What is continued.
  ///   - each: Takes a completion with the place of its request, as soon as it is there.
  /// - Throws: ``EndpointError``, ``CompletionError``, what `each` throws, or `CancellationError`; what is
  ///   under way then is given up, except at the limit on cost.
  public func completions(
    of requests: [CompletionRequest], each: (_ place: Int, _ completion: String) throws -> Void
  ) async throws {
    try await window.run(
      requests.count, mayBegin: { try meter.check() },
      { try await text(after: requests[$0]) }, each: each)
  }

  private func text(after request: CompletionRequest) async throws -> String {
    do {
      return try await answer(to: settings.body(of: request)).text(after: request.prompt)
    } catch CompletionError.withheld where settings.withheldAnswer == .empty {
      return ""
    }
  }

  /// The log probabilities of options, as ``CompletionSettings/optionReading`` says, some questions at a
  /// time.
  ///
  /// - Parameters:
  ///   - questions: What is asked.
  ///   - each: Takes the log probabilities of a question's options with the place of the question, as soon
  ///     as they are there.
  /// - Throws: ``EndpointError``, ``CompletionError``, what `each` throws, or `CancellationError`; what is
  ///   under way then is given up, except at the limit on cost.
  public func logProbabilities(
    of questions: [OptionQuestion],
    each: (_ place: Int, _ logProbabilities: [Double]) throws -> Void
  ) async throws {
    let names = try questions.map { question throws(CompletionError) in try OptionNames(question) }
    switch settings.optionReading {
    case .logProbabilities:
      try await window.run(
        questions.count, mayBegin: { try meter.check() },
        { try await topTokens(after: questions[$0], naming: names[$0]) }, each: each)
    case .votes(let count, let tokens):
      var votes = Array(repeating: OptionVotes(count), count: questions.count)
      try await window.run(
        questions.count * count, mayBegin: { try meter.check() },
        { number in
          let (place, vote) = number.quotientAndRemainder(dividingBy: count)
          let body = settings.body(
            of: questions[place], naming: names[place], vote: vote, maximumTokens: tokens)
          return try await answer(to: body).text(after: questions[place].text)
        },
        each: { number, completion in
          let (place, vote) = number.quotientAndRemainder(dividingBy: count)
          votes[place].add(completion, as: vote)
          guard votes[place].areAll else { return }
          guard let counted = votes[place].logProbabilities(of: names[place]) else {
            throw CompletionError.noVotes(
              address: endpoint.shownAddress, votes: count, options: names[place].names,
              first: votes[place].first)
          }
          try each(place, counted)
        })
    }
  }

  private func topTokens(
    after question: OptionQuestion, naming names: OptionNames
  ) async throws -> [Double] {
    let answer = try await answer(to: settings.body(of: question, naming: names))
    let tokens = answer.topTokens
    guard let found = names.logProbabilities(among: tokens) else {
      throw CompletionError.noLogProbabilities(
        address: endpoint.shownAddress, api: settings.api, options: names.names,
        seen: tokens.sorted { $0.logProbability > $1.logProbability }.map(\.text))
    }
    return found
  }

  /// Sends a request, and counts what its answer took: that of one of no use is paid too.
  private func answer(to body: JSONObject) async throws -> CompletionAnswer {
    let value = try await endpoint.post(body)
    meter.count(value)
    return try CompletionAnswer(value, api: settings.api, from: endpoint.shownAddress)
  }
}
