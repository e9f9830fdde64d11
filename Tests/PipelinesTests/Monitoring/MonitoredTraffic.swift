import Foundation
import Oversight
import Pipelines
import PreferenceData

/// Traffic of which everything is known: questions of some topics, each with words of its own, and answers whose
/// length, reward and toxicity depend on the topic.
struct MonitoredTraffic {
  /// What is wrong with the answers.
  enum Fault: String, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// Rewards are lower by a deviation.
    case reward
    /// Answers are half as long again.
    case length
    /// Eight times as many answers are toxic.
    case toxicity
    /// Harmless requests are refused twice as often.
    case refusal
  }

  static let isAsked = ProcessInfo.processInfo.environment["ATTUNE_SLOW"] == "1"

  /// How likely each of the five topics is; the last one is unknown to a usual baseline.
  var mix = [0.4, 0.3, 0.2, 0.1, 0]
  var fault = Fault.none

  private static let words = (0..<5).map { topic in
    (0..<40).map {
      "\(["gar", "tel", "mun", "pol", "vex"][topic])\(syllables[$0 / 8])\(syllables[$0 % 8])"
    }
  }
  private static let syllables = ["ba", "co", "di", "fu", "ge", "ha", "ki", "lo"]
  private static let usual = ["how", "do", "what", "the", "is", "please", "about", "with"]

  func responses(_ count: Int, using random: inout SeededGenerator) -> [ObservedResponse] {
    (0..<count).map { _ in response(using: &random) }
  }

  private func response(using random: inout SeededGenerator) -> ObservedResponse {
    var target = random.unit()
    let topic =
      mix.firstIndex { share in
        target -= share
        return target < 0
      } ?? 0
    func word(_ list: [String]) -> String { list[Int(random.uniform(below: UInt64(list.count)))] }
    let question = (0..<(6 + Int(random.uniform(below: 6)))).map { place in
      place % 3 == 0 ? word(Self.usual) : word(Self.words[topic])
    }
    let longer = fault == .length ? 1.5 : 1
    let length = Int(longer * (10 + 10 * Double(topic) + 12 * random.unit()))
    var answer = (0..<max(3, length)).map { _ in word(Self.words[topic] + Self.usual) }
    let isRefused = random.unit() < (fault == .refusal ? 0.3 : 0.15)
    if isRefused { answer = ["I", "cannot", "help", "with", "that."] + answer.prefix(5) }
    var response = ObservedResponse(
      prompt: .text(question.joined(separator: " ")), completion: answer.joined(separator: " "))
    response.reward =
      Double(topic) - (fault == .reward ? 1 : 0) + Self.normal(&random)
    let isToxic = random.unit() < (fault == .toxicity ? 0.16 : 0.02) + 0.01 * Double(topic)
    response.safety = ["harmful": isToxic ? 0.9 : 0.05 + 0.1 * random.unit()]
    response.isHarmfulPrompt = false
    response.stance = isRefused ? .refuse : .comply
    return response
  }

  static func normal(_ random: inout SeededGenerator) -> Double {
    let (radius, angle) = (1 - random.unit(), random.unit())
    return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
  }
}

extension DriftSettings {
  /// Rounds that a simulation can afford.
  static var quick: DriftSettings {
    var settings = DriftSettings()
    (settings.rounds, settings.classifierRounds, settings.classifierRows) = (199, 99, 60)
    return settings
  }
}
