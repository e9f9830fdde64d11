internal import Reports
internal import RunRecords

/// `report.html`: the page that a training command leaves in its run directory.
public enum RunReportFile {
  /// Writes the page of each run that a directory holds: its own, or those of an ensemble's members. A run
  /// that has not begun has none.
  ///
  /// A page that cannot be made or written is no reason to fail a run whose model is saved.
  ///
  /// - Parameter directory: The run directory.
  /// - Returns: What a person should know, as sentences: where a page is, or why there is none.
  @discardableResult
  public static func write(in directory: String) -> [String] {
    RecordedRun.directories(of: directory).compactMap { path in
      do {
        let destination = try RunDestination(path: path, existing: .resume)
        guard destination.holdsRun else { return nil }
        let run = try RunDirectory(resuming: destination)
        let page = RunReport(try RecordedRun(path)).page(
          footer: "attune \(run.manifest.attune), written at the end of the run")
        try run.write(page.rendered(), to: RunDirectory.reportName)
        return "the report is in \(path)/\(RunDirectory.reportName)"
      } catch {
        return "no report was written: \(error)"
      }
    }
  }
}
