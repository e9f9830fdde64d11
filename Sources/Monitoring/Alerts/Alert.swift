internal import Evaluations
internal import PreferenceData

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What somebody is told of a rule.
public struct Alert: Sendable, Hashable, Codable {
  /// Whether it begins or is over.
  public enum Status: String, Sendable, Hashable, Codable {
    /// It begins.
    case firing
    /// It is over.
    case resolved
  }

  /// The rule.
  public let rule: AlertRule
  /// Whether it begins or is over.
  public let status: Status
  /// The metric at this moment.
  public let reading: AlertReading
  /// Since when it has been wrong.
  public let since: Date
  /// This moment.
  public let time: Date

  init(
    _ rule: AlertRule, _ status: Status, _ reading: AlertReading, since: Date, at time: Date
  ) {
    (self.rule, self.status, self.reading) = (rule, status, reading)
    (self.since, self.time) = (since, time)
  }

  /// How long it has been wrong, in seconds.
  public var seconds: Double { max(0, time.timeIntervalSince(since)) }

  /// A JSON object for webhooks, on one line; numbers that JSON cannot say are null.
  public var json: String {
    let object: JSONObject = [
      "rule": .string(rule.name), "metric": .string(rule.metric),
      "severity": .string(rule.severity.rawValue), "status": .string(status.rawValue),
      "value": number(reading.value), "baseline": number(reading.baseline),
      "drift": reading.drift.map { .string($0.rawValue) } ?? .null,
      "since": .string(since.ISO8601Format()), "time": .string(time.ISO8601Format()),
      "text": .string(description),
    ]
    guard let text = JSONValue.object(object).text else {
      preconditionFailure("an alert has a number that JSON cannot say")
    }
    return text
  }

  private func number(_ value: Double?) -> JSONValue {
    value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }
}

extension Alert: CustomStringConvertible {
  /// One sentence, without the time.
  public var description: String {
    let (metric, words) = (rule.metric, rule.condition.words)
    let length = "\(shortNumber(seconds)) s"
    return switch status {
    case .firing where seconds == 0:
      "\(rule.severity.rawValue) '\(rule.name)': \(metric) is \(words)\(values)"
    case .firing:
      "\(rule.severity.rawValue) '\(rule.name)': \(metric) has been \(words) for \(length)\(values)"
    case .resolved:
      "resolved '\(rule.name)': \(metric) is no longer \(words), as it was for \(length)\(values)"
    }
  }

  /// What is known of the metric.
  private var values: String {
    let parts = [
      reading.value.map { "now \(shortNumber($0))" },
      reading.baseline.map { "baseline \(shortNumber($0))" },
      reading.drift.map { "drift \($0.rawValue)" },
    ].compactMap { $0 }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }
}
