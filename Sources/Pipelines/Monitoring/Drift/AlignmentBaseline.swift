internal import PreferenceData

/// Responses while all was in order, frozen: what later ones are compared with.
///
/// Topics are learned from one half of the questions, drawn by the seed, if there are enough: the other half is to
/// them as questions of later windows are, and their mixes can be compared.
///
///     let baseline = AlignmentBaseline(responses, measurer: ResponseMeasurer(comparing: responses))
///     let report = try DriftAnalysis(baseline)(baseline.placed(measured))
public struct AlignmentBaseline: Sendable {
  /// How windows are compared with it.
  public let settings: DriftSettings
  /// How responses are measured, here and later.
  public let measurer: ResponseMeasurer
  /// What its questions are about.
  public let topics: TopicModel
  /// The responses, each with its topic.
  public let rows: [PlacedResponse]
  /// How many responses there were before some were drawn.
  public let total: Int
  /// The topics of the questions that topics were learned from.
  private let known: [String: Int?]

  /// Measures responses and learns their topics.
  ///
  /// - Parameters:
  ///   - responses: One at least.
  ///   - measurer: How responses are measured.
  ///   - settings: How windows are compared with it.
  public init(
    _ responses: [ObservedResponse], measurer: ResponseMeasurer,
    settings: DriftSettings = DriftSettings()
  ) {
    self.init(measured: measurer(responses), measurer: measurer, settings: settings)
  }

  /// Learns the topics of measured responses.
  ///
  /// - Parameters:
  ///   - responses: One at least.
  ///   - measurer: How they were measured.
  ///   - settings: How windows are compared with it.
  public init(
    measured responses: [MeasuredResponse], measurer: ResponseMeasurer,
    settings: DriftSettings = DriftSettings()
  ) {
    precondition(!responses.isEmpty, "a baseline without responses")
    (self.settings, self.measurer, total) = (settings, measurer, responses.count)
    var kept = responses
    if responses.count > settings.baselineRows {
      var random = SeededGenerator(seed: settings.seed, purpose: "baseline")
      let drawn = random.permutation(of: responses.count).prefix(settings.baselineRows).sorted()
      kept = drawn.map { responses[$0] }
    }
    var seen: Set<String> = []
    let questions = kept.map(\.question).filter { seen.insert($0).inserted }
    var random = SeededGenerator(seed: settings.seed, purpose: "questions")
    let order = random.permutation(of: questions.count).map { questions[$0] }
    let learned =
      questions.count < 2 * settings.leastSample
      ? questions : Array(order.prefix(questions.count / 2))
    let count = min(settings.topics, max(1, learned.count / 15))
    let topics = TopicModel(learned, count: count, seed: settings.seed)
    self.topics = topics
    let known = Dictionary(uniqueKeysWithValues: zip(learned, topics.assignments))
    self.known = known
    rows = kept.map {
      PlacedResponse($0, topic: known[$0.question] ?? topics.topic(of: $0.question))
    }
  }

  /// The responses whose questions topics were not learned from.
  var heldOut: [PlacedResponse] { rows.filter { known[$0.measured.question] == nil } }

  /// Finds the topic of a response.
  ///
  /// - Parameter response: A response that the same measurer has measured.
  /// - Returns: It with its topic.
  public func placed(_ response: MeasuredResponse) -> PlacedResponse {
    PlacedResponse(response, topic: known[response.question] ?? topics.topic(of: response.question))
  }

  /// Finds the topics of responses.
  ///
  /// - Parameter responses: Responses that the same measurer has measured.
  /// - Returns: Each with its topic.
  public func placed(_ responses: [MeasuredResponse]) -> [PlacedResponse] { responses.map(placed) }
}

/// A measured response, and what it is about.
public struct PlacedResponse: Sendable, Hashable {
  /// The response.
  public let measured: MeasuredResponse
  /// The topic's number in the baseline; `nil` for an unfamiliar question.
  public let topic: Int?

  init(_ measured: MeasuredResponse, topic: Int?) {
    (self.measured, self.topic) = (measured, topic)
  }

  /// With what it may be compared: the topic, and whether harm is asked for, where that is known; `nil` for
  /// an unfamiliar question.
  var stratum: Int? {
    topic.map { topic in
      let harm =
        switch measured.response.isHarmfulPrompt {
        case nil: 0
        case false?: 1
        case true?: 2
        }
      return 3 * topic + harm
    }
  }
}
