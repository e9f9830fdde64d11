internal import PreferenceData
internal import Synchronization

/// Counts what answers take, and stops at a limit. Several endpoints may share one.
public final class UsageMeter: Sendable {
  /// What tokens cost, if it is known.
  public let pricing: EndpointPricing?
  /// What all answers may cost, in the unit of the prices.
  public let limit: Double?
  private let total = Mutex(EndpointUsage())

  /// A meter that counts without end.
  ///
  /// - Parameter pricing: What tokens cost, if it is known.
  public init(pricing: EndpointPricing? = nil) {
    (self.pricing, limit) = (pricing, nil)
  }

  /// A meter with a limit. The requests that are under way when it is reached are still answered.
  ///
  /// - Parameters:
  ///   - pricing: What tokens cost.
  ///   - limit: What all answers may cost, in the unit of the prices.
  public init(pricing: EndpointPricing, limit: Double) {
    (self.pricing, self.limit) = (pricing, limit)
  }

  /// What was counted so far.
  public var usage: EndpointUsage { total.withLock { $0 } }

  /// What it has cost; `nil` where no prices are known.
  public var cost: Double? { pricing.map(usage.cost) }

  /// Counts an answer.
  ///
  /// - Parameter answer: What a server said.
  func count(_ answer: JSONValue) { total.withLock { $0.count(answer) } }

  /// Sees that another request may be sent.
  ///
  /// - Throws: ``CompletionError/limitReached(cost:limit:)``, ``CompletionError/noUsage(limit:)``.
  func check() throws(CompletionError) {
    guard let limit, let pricing else { return }
    let usage = usage
    if usage.uncountedCalls > 0 { throw .noUsage(limit: limit) }
    let cost = usage.cost(at: pricing)
    if cost >= limit { throw .limitReached(cost: cost, limit: limit) }
  }
}
