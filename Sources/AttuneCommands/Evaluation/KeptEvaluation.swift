import ArgumentParser
import Pipelines

/// Where the result of an evaluation is kept beside standard output: in the directory of a run.
struct KeptEvaluation: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the result in this run, in its folder evaluations, for attune evaluate gate.",
      valueName: "directory"))
  var into: String?

  /// The run, which is looked at before the work begins.
  ///
  /// - Throws: ``Failure`` where there is no run.
  func run() throws -> RunEvaluations? {
    guard let into else { return nil }
    do {
      return try RunEvaluations(ofRunAt: into)
    } catch {
      throw Failure(.usage, error.description)
    }
  }
}

extension RunEvaluations {
  /// Keeps a result, and says where.
  func keep(_ line: String, of kind: EvaluationKind) throws {
    try keep(line, as: kind)
    StandardStream.error.writeLine("attune: the result is kept in \(path(of: kind))")
  }
}
