/// Advantages of completions among others of the same prompt, without a value function.
///
/// With the rewards r of a prompt's G completions:
///
/// - ``Method/leaveOneOut(_:)``: A_i = r_i − the mean of the *other* G − 1, the RLOO baseline of Kool
///   et al. (2019) and Ahmadian et al. (2024, arXiv:2402.14740), which equals G / (G − 1) · (r_i − mean).
/// - ``Method/groupMean(_:)``: A_i = (r_i − mean) / (std + 10⁻⁴), that of GRPO, Shao et al. (2024,
///   arXiv:2402.03300), section 4.1.2. The unbiased standard deviation is the group's, or the whole
///   batch's, or there is no division, as Liu et al. (2025, arXiv:2503.20783, "Dr. GRPO") ask.
///
/// A completion without a reward has the advantage 0, and counts in no mean, deviation or number. A
/// group whose rewards are all equal (their deviation is at most 10⁻⁸), or with fewer than two, has
/// nothing to compare: its advantages are exactly 0 and it is named in the estimate.
///
///     let groups = GroupAdvantages(.leaveOneOut())
///     groups.evaluate([[1, 2, 6]]).advantages    // [[-3, -1.5, 4.5]]
///     groups.evaluate([[1, nil, 3]]).advantages  // [[-2, 0, 2]]
public struct GroupAdvantages: Equatable, Sendable {
  /// From what a reward is subtracted, and by what the difference is divided.
  public enum Method: Equatable, Codable, Sendable {
    /// The mean of the group's other rewards.
    case leaveOneOut(Normalization = .none)
    /// The mean of the group.
    case groupMean(Scale = .group)
  }

  /// What becomes of leave-one-out advantages (`normalize_advantages` of TRL's RLOO).
  public enum Normalization: String, CaseIterable, Codable, Sendable {
    /// Nothing.
    case none
    /// Their mean over the batch is subtracted; divided by their deviation over the batch + 10⁻⁴.
    case batch
  }

  /// By which standard deviation a difference is divided (`scale_rewards` of TRL's GRPO).
  public enum Scale: String, CaseIterable, Codable, Sendable {
    /// That of the group's rewards.
    case group
    /// That of all rewards of the batch.
    case batch
    /// None.
    case none
  }

  /// From what a reward is subtracted, and by what the difference is divided.
  public let method: Method

  /// A way to compare the completions of a prompt.
  ///
  /// - Parameter method: From what a reward is subtracted, and by what the difference is divided.
  public init(_ method: Method) { self.method = method }

  /// The advantages of a batch of groups.
  ///
  /// - Parameter rewards: For each prompt the reward of each of its completions, `nil` where there is
  ///   none: the whole batch that was sampled together. Groups may differ in size.
  /// - Returns: One advantage a completion, and the groups that say nothing.
  public func evaluate(_ rewards: [[Double?]]) -> GroupAdvantageEstimate {
    let groups = rewards.map { Moments($0.compactMap(\.self)) }
    let isFlat = groups.map { $0.count < 2 || $0.standardDeviation <= 1e-8 }
    let batch = Moments(rewards.joined().compactMap(\.self))
    let raw = rewards.indices.map { index -> [Double?] in
      rewards[index].map { reward in
        // A lone reward has no other to be compared with: no advantage, rather than one of 0.
        guard let reward, groups[index].count > 1 else { return nil }
        return isFlat[index] ? 0 : advantage(of: reward, in: groups[index], batch)
      }
    }
    return GroupAdvantageEstimate(
      advantages: normalized(raw, isFlat), isZeroVariance: isFlat,
      standardDeviations: groups.map(\.standardDeviation))
  }

  /// One completion's advantage, before leave-one-out advantages are normalised.
  private func advantage(of reward: Double, in group: Moments, _ batch: Moments) -> Double {
    let difference = reward - group.mean
    return switch method {
    case .leaveOneOut: difference * Double(group.count) / Double(group.count - 1)
    case .groupMean(.group): difference / (group.standardDeviation + 1e-4)
    case .groupMean(.batch): difference / (batch.standardDeviation + 1e-4)
    case .groupMean(.none): difference
    }
  }

  /// The last step; a group that says nothing stays at exactly 0, so that it may be skipped.
  private func normalized(_ advantages: [[Double?]], _ isFlat: [Bool]) -> [[Double]] {
    guard method == .leaveOneOut(.batch) else { return advantages.map { $0.map { $0 ?? 0 } } }
    let moments = Moments(advantages.joined().compactMap(\.self))
    return zip(advantages, isFlat).map { group, isFlat in
      group.map { advantage in
        guard let advantage, !isFlat else { return 0 }
        return (advantage - moments.mean) / (moments.standardDeviation + 1e-4)
      }
    }
  }
}
