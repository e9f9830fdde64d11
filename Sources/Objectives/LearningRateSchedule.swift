#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The factor by which the peak learning rate is multiplied at each optimizer step.
///
/// During warm-up the factor rises linearly, t / warm-up steps, so that step 0 of a run with warm-up
/// changes no weight: adaptive optimizers need a few gradients before their step size can be
/// trusted. The formulas and their edges are those of `transformers` 5.23 (`optimization.py`).
///
///     let schedule = LearningRateSchedule.linear(warmupSteps: 10, totalSteps: 110)
///     schedule.factor(at: 5)   // 0.5
///     schedule.factor(at: 60)  // 0.5
public enum LearningRateSchedule: Equatable, Sendable {
  /// 1 after the warm-up, as `get_constant_schedule_with_warmup`.
  case constant(warmupSteps: Int = 0)
  /// From 1 after the warm-up down to 0 at the end, as `get_linear_schedule_with_warmup`.
  case linear(warmupSteps: Int = 0, totalSteps: Int)
  /// Half a cosine from 1 after the warm-up down to 0 at the end, as
  /// `get_cosine_schedule_with_warmup`; steps beyond the end would follow the cosine up again.
  case cosine(warmupSteps: Int = 0, totalSteps: Int)

  /// The factor of one optimizer step.
  ///
  /// - Parameter step: The number of optimizer steps done before, from 0.
  /// - Returns: A factor from 0 to 1.
  public func factor(at step: Int) -> Double {
    precondition(step >= 0, "step \(step) is before the first")
    switch self {
    case .constant(let warmupSteps):
      return step < warmupSteps ? Double(step) / Double(warmupSteps) : 1
    case .linear(let warmupSteps, let totalSteps):
      if step < warmupSteps { return Double(step) / Double(warmupSteps) }
      // Not 1 − progress: with a warm-up as long as the run, the last factor is 0 and not 1.
      return max(0, Double(totalSteps - step) / Double(max(1, totalSteps - warmupSteps)))
    case .cosine(let warmupSteps, let totalSteps):
      if step < warmupSteps { return Double(step) / Double(warmupSteps) }
      let progress = Double(step - warmupSteps) / Double(max(1, totalSteps - warmupSteps))
      return max(0, (1 + cos(.pi * progress)) / 2)
    }
  }
}
