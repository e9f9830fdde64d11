import ConfigurationFiles
import Foundation
import ModelServer
import Monitoring
import Pipelines

/// What `--canary` puts on trial, and by which plan.
struct CanaryTrial {
  let model: ServedModel
  let plan: CanaryPlan

  /// Where the trial's state and decisions are kept: each experiment has a folder of its own.
  ///
  /// - Parameter store: The folder of answers and feedback.
  /// - Returns: The folder.
  func folder(in store: String) -> String {
    let plain = CharacterSet(charactersIn: "a"..."z").union(CharacterSet(charactersIn: "A"..."Z"))
      .union(CharacterSet(charactersIn: "0"..."9")).union(CharacterSet(charactersIn: "-_"))
    let name = plan.experiment.addingPercentEncoding(withAllowedCharacters: plain)
    return "\(store)/canary/\(name ?? plan.experiment)"
  }

  /// Reads what the flags name; `nil` where there is no canary.
  ///
  /// - Parameters:
  ///   - flags: The flags.
  ///   - control: The model in use.
  /// - Throws: ``Failure``, `LoopError` or `ConfigurationError`; what the model directory lacks.
  init?(_ flags: ServeCanaryFlags, beside control: ServedModel) throws {
    guard let path = flags.canary else { return nil }
    let offer = path.hasSuffix(".json") ? try LoopCandidate(contentsOf: path) : nil
    let directory = offer?.candidate.directory ?? path
    if let offer {
      guard control.fingerprint == offer.policy.fingerprint else {
        throw Failure(
          .usage,
          "\(path): was trained from another model than \(control.directory); serve that one, or give the "
            + "candidate's directory to try it against this one all the same")
      }
    }
    model = try ServedModel(directory: directory, name: control.name)
    if let offer, model.fingerprint != offer.candidate.fingerprint {
      throw Failure(
        .data,
        "\(path): offers another model than lies in \(directory) now; put that back, or do the turn again "
          + "with 'attune loop --overwrite'")
    }
    if let file = flags.canaryPlan {
      plan = try YAMLDocument(contentsOf: file).decode(CanaryPlan.self)
    } else if let offer, flags.share == nil {
      plan = offer.canary
    } else {
      plan = try CanaryPlan(
        experiment: model.systemFingerprint, steps: [.init(share: flags.share ?? 0.05)])
    }
  }
}
