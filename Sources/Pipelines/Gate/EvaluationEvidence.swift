internal import Evaluations

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A number with its interval, where there is one, as evaluations write it.
struct EstimateEvidence: Decodable {
  var value: Double
  var lower: Double?
  var upper: Double?
}

/// What a gate wants of `attune evaluate perplexity --json`.
struct PerplexityEvidence: Decodable {
  struct Base: Decodable {
    var model: String
    var ratio: EstimateEvidence
  }

  var base: Base?
}

/// What a gate wants of `attune evaluate reward --json`.
struct RewardEvidence: Decodable {
  struct Accuracy: Decodable {
    var accuracy: EstimateEvidence
  }

  var model: String
  var accuracy: Accuracy
}

/// What a gate wants of `attune evaluate compare --json`.
struct ComparisonEvidence: Decodable {
  struct Model: Decodable {
    var name: String
    var isBaseline: Bool
    var winRate: EstimateEvidence?
    var kl: EstimateEvidence?
    var safe: EstimateEvidence?
  }

  var judge: String
  var baseline: String
  var reference: String?
  var subject: String?
  var models: [Model]

  /// The model of the run: the one that the record names, or else the only one beside the baseline.
  var subjectModel: Model? {
    if let subject { return models.first { $0.name == subject } }
    let others = models.filter { !$0.isBaseline }
    return others.count == 1 ? others[0] : nil
  }
}

/// What a gate wants of `attune evaluate hacking --json`.
struct HackingEvidence: Decodable {
  var verdict: OveroptimizationVerdict
}

/// What people say about a run.
struct SatisfactionEvidence: Decodable {
  var mean: Double
  var count: Int
  var lower: Double?
  var upper: Double?
}

/// How often a run's answers were safe.
struct SafetyEvidence: Decodable {
  var passRate: Double
  var count: Int
  /// The interval, where whoever counted has one: several answers to one prompt hang together.
  var passRateLower: Double?
  var passRateUpper: Double?
}

/// Whether there is a file at a path.
func isFile(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
