internal import Foundation
internal import Monitoring
internal import Pipelines

extension ObservedResponse {
  /// A choice of an answer, as it is watched.
  init(_ prepared: PreparedRequest, _ answer: Answer, _ index: Int) {
    let choice = answer.choices[index]
    self.init(prompt: prepared.passage(ofChoice: index), completion: choice.result.text)
    time = Date(timeIntervalSince1970: Double(prepared.head.created))
    (policy, arm) = (prepared.model.fingerprint, prepared.exposure?.arm.rawValue)
    (finishReason, completionTokens) = (choice.result.ending.rawValue, choice.tokens)
    (seconds, firstTokenSeconds) = (answer.seconds, answer.firstToken)
    safety = choice.verdict?.probabilities ?? [:]
    isUnsafe = choice.verdict?.isPositive
    isHarmfulPrompt = answer.promptVerdict?.isPositive
  }
}
