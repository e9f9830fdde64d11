internal import LanguageModels
internal import TorchEngine
internal import TrainingConfiguration

extension AdamW {
  private static let fileName = "optimizer.safetensors"

  /// Writes the moments of a model's parameters into a checkpoint's folder.
  func write(_ parameters: Parameters, to folder: String) throws {
    var tensors: [String: Tensor] = [:]
    for (index, name) in parameters.optimizedNames.enumerated() {
      tensors[Self.first(name)] = moments.first[index]
      tensors[Self.second(name)] = moments.second[index]
    }
    try SafetensorsWriter.write(tensors, to: "\(folder)/\(Self.fileName)")
  }

  /// Goes on from the moments in a checkpoint's folder.
  ///
  /// - Parameters:
  ///   - step: Steps that had been taken.
  ///   - parameters: The parameters that this optimizer is over.
  ///   - folder: The checkpoint's folder.
  /// - Throws: `EngineError` if the file is damaged or of another model.
  func resume(after step: Int, _ parameters: Parameters, from folder: String) throws(EngineError) {
    let file = try SafetensorsFile(path: "\(folder)/\(Self.fileName)")
    var moments = Moments(first: [], second: [])
    for name in parameters.optimizedNames {
      for moment in [Self.first(name), Self.second(name)]
      where file.shape(of: moment) != parameters[name].shape {
        throw .file(
          path: file.path,
          problem: "'\(moment)' has not the shape \(parameters[name].shape) of the model's weight")
      }
      moments.first.append(try file.tensor(Self.first(name)))
      moments.second.append(try file.tensor(Self.second(name)))
    }
    resume(after: step, moments: moments)
  }

  private static func first(_ name: String) -> String { "first_moment.\(name)" }
  private static func second(_ name: String) -> String { "second_moment.\(name)" }
}

extension AdamW {
  /// AdamW over a model's parameters: matrices decay, biases and normalization weights do not.
  convenience init(
    _ parameters: Parameters, _ settings: OptimizerConfiguration
  ) throws(EngineError) {
    try self.init(
      decayed: parameters.decayedNames.map { parameters[$0] },
      plain: parameters.plainNames.map { parameters[$0] }, weightDecay: settings.weightDecay,
      beta1: settings.adamBeta1, beta2: settings.adamBeta2, epsilon: settings.adamEpsilon)
  }
}

extension Parameters {
  /// The parameters in the order in which the optimizer holds them.
  fileprivate var optimizedNames: [String] { decayedNames + plainNames }
}
