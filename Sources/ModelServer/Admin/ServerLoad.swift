/// How much a server has to do, and how fast it does it.
public struct ServerLoad: Sendable, Hashable, Codable {
  /// The median of times, and what one in twenty exceeds; in seconds.
  public struct Times: Sendable, Hashable, Codable {
    /// The median.
    public var median: Double
    /// What one in twenty exceeds.
    public var p95: Double

    /// Times.
    ///
    /// - Parameters:
    ///   - median: The median, in seconds.
    ///   - p95: What one in twenty exceeds, in seconds.
    public init(median: Double, p95: Double) { (self.median, self.p95) = (median, p95) }
  }

  /// A moment of the last minutes.
  public struct Moment: Sendable, Hashable, Codable {
    /// Seconds before now; 0 for now.
    public var age: Double
    /// Requests that are being answered.
    public var running: Double
    /// Requests that wait for a place.
    public var waiting: Double
    /// Tokens of answers a second, since the moment before.
    public var tokensPerSecond: Double
    /// Times to the first token since the moment before; `nil` where there was none.
    public var firstToken: Times?

    private enum CodingKeys: String, CodingKey {
      case age, running, waiting
      case tokensPerSecond = "tokens_per_second"
      case firstToken = "first_token"
    }

    /// A moment.
    ///
    /// - Parameters:
    ///   - age: Seconds before now; 0 for now.
    ///   - running: Requests that are being answered.
    ///   - waiting: Requests that wait for a place.
    ///   - tokensPerSecond: Tokens of answers a second, since the moment before.
    ///   - firstToken: Times to the first token since the moment before.
    public init(
      age: Double, running: Double, waiting: Double, tokensPerSecond: Double,
      firstToken: Times? = nil
    ) {
      (self.age, self.running, self.waiting) = (age, running, waiting)
      (self.tokensPerSecond, self.firstToken) = (tokensPerSecond, firstToken)
    }
  }

  /// Requests that are being answered.
  public var running = 0.0
  /// Requests that wait for a place.
  public var waiting = 0.0
  /// How much of the key-value cache is in use, from 0 to 1.
  public var cacheUsage = 0.0
  /// Tokens of answers a second, over the last half minute.
  public var tokensPerSecond = 0.0
  /// Tokens of prompts a second, over the last half minute.
  public var promptTokensPerSecond = 0.0
  /// Times to the first token, over the last half minute or since there was one; `nil` before the first.
  public var firstToken: Times?
  /// Times to the end of the answer, as ``firstToken``.
  public var request: Times?
  /// Responses since the server began.
  public var responses = 0
  /// Those that turned a request away for want of room or rate: status 429 and 503.
  public var turnedAway = 0
  /// Those that say that the server failed: status 500 and above without 503.
  public var failed = 0
  /// The last minutes, oldest first.
  public var moments: [Moment] = []

  private enum CodingKeys: String, CodingKey {
    case running, waiting
    case cacheUsage = "cache_usage"
    case tokensPerSecond = "tokens_per_second"
    case promptTokensPerSecond = "prompt_tokens_per_second"
    case firstToken = "first_token"
    case request, responses
    case turnedAway = "turned_away"
    case failed, moments
  }

  /// A server with nothing to do.
  public init() {}
}
