internal import Reports
internal import RunRecords

/// What is needed to do it again: the command and every setting.
struct RepetitionSection {
  let run: RecordedRun

  var section: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "The command, as a shell reads it. Give another --out, or --overwrite to replace the run."),
      .code(ShellCommand(run.manifest.command).text),
    ]
    if let last = run.manifest.resumptions?.last {
      blocks += [
        .paragraph("The run was resumed; the last time by this command."),
        .code(ShellCommand(last.command).text),
      ]
    }
    if !run.configuration.isEmpty {
      blocks.append(
        .details("Every setting, as in attune.yaml", [.code(run.configuration)]))
    }
    return ReportSection("Doing it again", blocks)
  }
}
