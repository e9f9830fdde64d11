import ArgumentParser
import Pipelines

/// What `--judge` and `--also` say: `gold`, `reward:DIR` or `model:DIR`.
enum JudgeChoice: ExpressibleByArgument, Equatable {
  case gold
  case reward(String)
  case model(String)

  init?(argument: String) {
    if argument == "gold" {
      self = .gold
      return
    }
    let parts = argument.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "reward": self = .reward(String(parts[1]))
    case "model": self = .model(String(parts[1]))
    default: return nil
    }
  }

  static var allValueStrings: [String] { ["gold", "reward:DIR", "model:DIR"] }

  /// Who gives scores; `nil` for a language model, which compares.
  func scorer(worldSeed: UInt64) -> ComparisonScorer? {
    switch self {
    case .gold: .gold(worldSeed: worldSeed)
    case .reward(let directory): .reward(directory)
    case .model: nil
    }
  }

  /// Who decides.
  func judge(worldSeed: UInt64) -> ComparisonJudge {
    switch self {
    case .gold: .scorer(.gold(worldSeed: worldSeed))
    case .reward(let directory): .scorer(.reward(directory))
    case .model(let directory): .model(directory)
    }
  }
}
