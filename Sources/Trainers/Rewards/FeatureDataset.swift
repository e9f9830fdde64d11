internal import PreferenceData
internal import TrainingConfiguration

/// The judged vectors of features of a configuration: those to train on, those held out, and the rest.
struct FeatureDataset {
  let training: [FeatureItem]
  let heldOut: [FeatureItem]
  /// The numbers of each vector.
  let width: Int
  /// Rows of all files that were left out, by reason.
  let dropped: DroppedRows

  /// Reads, checks and splits. Rows with equal vectors of the chosen side stay together.
  ///
  /// - Parameter configuration: A configuration with files of features.
  /// - Throws: `DataError` for malformed rows, and if nothing is left.
  init(_ configuration: RewardConfiguration) throws(DataError) {
    let data = configuration.data
    let all = try Files(configuration.features, configuration, width: nil)
    var dropped = all.dropped
    if !data.evaluationFiles.isEmpty {
      let evaluation = try Files(data.evaluationFiles, configuration, width: all.width)
      (training, heldOut) = (all.items, evaluation.items)
      dropped.merge(evaluation.dropped)
    } else if let fraction = data.evaluationFraction {
      let split = DatasetSplit(
        groups: all.items.map { $0.values.prefix(all.width) }, fraction: fraction,
        seed: UInt64(configuration.run.seed))
      training = split.training.map { all.items[$0] }
      heldOut = split.heldOut.map { all.items[$0] }
    } else {
      (training, heldOut) = (all.items, [])
    }
    width = all.width
    self.dropped = dropped
    if data.strict && dropped.total > 0 { throw DataError.unusable(dropped) }
  }
}

/// The pairs of some files, whose vectors have one width.
private struct Files {
  private(set) var items: [FeatureItem] = []
  private(set) var dropped = DroppedRows()
  private(set) var width: Int

  init(
    _ paths: [String], _ configuration: RewardConfiguration, width expected: Int?
  ) throws(DataError) {
    var width = expected
    for path in paths {
      let file = try FeatureFile(path, width: width, judged: true)
      width = file.width
      dropped.merge(file.dropped)
      items += file.rows.map { $0.item(configuration.agreement) }
    }
    guard let width else { preconditionFailure("a configuration without features") }
    self.width = width
  }
}

extension FeatureRow {
  /// The pair as training takes it.
  fileprivate func item(_ choice: AgreementChoice) -> FeatureItem {
    let share = agreement ?? 1
    return FeatureItem(
      values: vectors.flatMap { $0.map(Float.init) },
      judgment: RewardJudgment(
        order: .pair(margin: margin ?? 0, probability: choice == .probability ? share : 1),
        copies: 0, weight: weight * (choice == .weight ? share : 1), source: source))
  }
}
