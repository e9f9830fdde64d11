/// A whole checkpoint of a run: `checkpoints/step-N/` with everything that resuming needs.
///
/// The folder is also a model directory, so that any command can look at the model of that step.
public struct Checkpoint: Equatable, Sendable {
  /// Optimizer steps done.
  public let step: Int
  /// Where its files lie.
  public let path: String
  /// The length in bytes of each log of the run at this step.
  let logs: [String: Int]

  static let folderName = "checkpoints"

  /// The name of a step's folder.
  static func name(step: Int) -> String { "step-\(step)" }

  /// The step of a folder's name, if it is a checkpoint's.
  static func step(ofName name: String) -> Int? {
    guard name.hasPrefix("step-"), let step = Int(name.dropFirst("step-".count)),
      Self.name(step: step) == name
    else { return nil }
    return step
  }
}
