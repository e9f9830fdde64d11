import Endpoints
import Monitoring
import Pipelines
import PreferenceData

/// Tells people of alerts: on standard error, and by a webhook.
struct AlertDelivery: Sendable {
  private let endpoint: HTTPEndpoint?

  /// A delivery.
  ///
  /// - Parameter webhook: Where alerts are posted as JSON; `nil` for nowhere.
  /// - Throws: `EndpointError` for what is no address.
  init(webhook: String?) throws {
    // Whoever waits for an alert to be taken watches nothing.
    endpoint = try webhook.map { try HTTPEndpoint(address: $0, limit: .seconds(10)) }
  }

  /// Tells of an alert. One that cannot be posted is told of all the same.
  func callAsFunction(_ alert: Alert) async {
    StandardStream.error.writeLine("attune: \(alert)")
    guard let endpoint, case .object(let body)? = JSONValue(parsing: Array(alert.json.utf8)) else {
      return
    }
    do {
      _ = try await endpoint.post(body)
    } catch EndpointError.notJSON {
      // Taken: what receives alerts seldom answers in JSON.
    } catch {
      StandardStream.error.writeLine("attune: the alert was not delivered: \(error)")
    }
  }
}

extension AlertRule {
  /// Where no rules are given: any drift of what the model does.
  static let usual = [
    AlertRule(
      DriftMetric.behaviour, .drifts(atLeast: .moderate), name: "behaviour", severity: .critical)
  ]

  /// What is said of a rule that nothing is measured for.
  var isUnread: String {
    "the rule '\(name)' reads '\(metric)', which these logs do not have"
  }
}
