import LanguageModels
import TorchEngine

/// What a reward model of feature vectors is.
struct FeatureModelInspection {
  private let directory: String
  private let model: FeatureRewardModel
  private let weights: WeightSummary

  /// Looks at a directory; `nil` if it holds a language model, or what stands on one.
  ///
  /// - Parameter directory: A model directory.
  /// - Throws: `ModelError` or `EngineError` if a file cannot be read or does not fit.
  init?(directory: String) throws {
    guard try RewardModelRecord(directory: directory).featureWidth != nil else { return nil }
    self.directory = directory
    model = try FeatureRewardModel(directory: directory)
    weights = WeightSummary(
      heads: try SafetensorsFile(path: "\(directory)/\(RewardModel.headsFileName)"))
  }

  /// The inspection as text for a person.
  func rendered() -> String {
    var facts = FactList()
    facts.add("model", directory)
    facts.add("reads", "vectors of \(model.width) features")
    facts.add(model.record)
    facts.add("parameters", NumberText.grouped(weights.count))
    return facts.rendered()
  }

  /// The inspection for programs.
  var report: JSONReport {
    var report = JSONReport()
    report.add("directory", directory)
    report.add("feature_width", model.width)
    report.add(model.record)
    report.add("parameters", weights.count)
    return report
  }
}
