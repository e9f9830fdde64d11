internal import PreferenceData
internal import TorchEngine

/// The heads of a reward model: hidden states in, one score a member out.
struct ScoreHeads {
  let shape: ScoreHeadShape
  let parameters: Parameters

  /// Scores hidden states.
  ///
  /// - Parameters:
  ///   - hidden: [sequences, width].
  ///   - dropout: What is left out of the members' hidden layers; `nil` to keep everything.
  /// - Returns: For each member, [sequences, 1].
  /// - Throws: `EngineError` if the width is another.
  func scores(_ hidden: Tensor, dropout: HeadDropout?) throws(EngineError) -> [Tensor] {
    var scores: [Tensor] = []
    for member in 0..<shape.members {
      var input = hidden
      if case .multilayer = shape.kind {
        input = try projected(hidden, .scoreHidden(member)).activated(by: .relu)
        if let dropout {
          input = try input.multiplied(by: dropout.mask(of: member, shape: input.shape))
        }
      }
      scores.append(try projected(input, .score(member)))
    }
    return scores
  }

  private func projected(_ x: Tensor, _ module: Module) throws(EngineError) -> Tensor {
    try x.linear(parameters.weight(of: module), bias: parameters.bias(of: module))
  }
}

/// What is left out of the hidden layers of score heads in one pass (Srivastava et al. 2014), scaled
/// so that the expected sum stays.
public struct HeadDropout: Sendable {
  /// The part of a hidden layer that is left out.
  public let rate: Double
  /// One seed a sequence, so that what is left out does not depend on the batch.
  public let seeds: [UInt64]

  /// Describes a dropout.
  ///
  /// - Parameters:
  ///   - rate: The part that is left out, from 0 to below 1.
  ///   - seeds: One a sequence; the same seed leaves out the same.
  public init(rate: Double, seeds: [UInt64]) {
    precondition((0..<1).contains(rate), "a dropout rate of \(rate)")
    self.rate = rate
    self.seeds = seeds
  }

  /// 0 where a unit is left out, 1 / (1 − rate) elsewhere.
  func mask(of member: Int, shape: [Int]) throws(EngineError) -> Tensor {
    precondition(shape.first == seeds.count, "\(seeds.count) seeds for \(shape) units")
    let kept = Float(1 / (1 - rate))
    let bound = UInt64(rate * 0x1p53)
    let values = seeds.flatMap { seed in
      var random = SeededGenerator(seed: seed &+ UInt64(member) &* 0x9E37_79B9_7F4A_7C15)
      return (0..<shape[1]).map { _ in random.next() >> 11 < bound ? 0 : kept }
    }
    return try Tensor(values, shape: shape)
  }
}
