import ArgumentParser
import Pipelines
import Sandbox

/// What `--probes` says.
enum ProbeChoice: String, CaseIterable, ExpressibleByArgument {
  case all
  case none
  case sandbox
  case length
  case flattery
  case certainty
  case lists
  case agreement
  case belief

  /// The probes of some choices.
  ///
  /// - Throws: `ValidationError` where `all`, `none` or `sandbox` do not stand alone, or one name
  ///   stands twice.
  static func set(of choices: [ProbeChoice]) throws -> ProbeSet {
    guard Set(choices).count == choices.count else {
      throw ValidationError("'--probes' has a name twice: \(choices.words)")
    }
    switch choices {
    case [.all]: return .all
    case [.none]: return .none
    case [.sandbox]: return .sandbox(SandboxWorld())
    default:
      let probes = choices.compactMap { BiasProbe(rawValue: $0.rawValue) }
      guard probes.count == choices.count, !probes.isEmpty else {
        throw ValidationError(
          "'--probes' is \(choices.words), but all, none and sandbox stand alone")
      }
      return .general(probes)
    }
  }
}

extension [ProbeChoice] {
  fileprivate var words: String { map(\.rawValue).joined(separator: " ") }
}
