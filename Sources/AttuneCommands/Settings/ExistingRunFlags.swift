import ArgumentParser
import RunRecords

/// What to do about a run that lies in the run directory: leave it, replace it, go on with it.
struct ExistingRunFlags: ParsableArguments {
  @Flag(
    help: """
      Go on from the last checkpoint in the run directory, as if the run had never stopped; its \
      attune.yaml is taken where there is no --config.
      """)
  var resume = false

  @Flag(help: "Replace the run that lies in the run directory.")
  var overwrite = false

  /// The choice that the flags make.
  var choice: ExistingRun { resume ? .resume : overwrite ? .overwrite : .refuse }

  func validate() throws {
    if resume && overwrite {
      throw ValidationError(
        "--resume goes on with a run and --overwrite replaces it; give one of them")
    }
  }
}
