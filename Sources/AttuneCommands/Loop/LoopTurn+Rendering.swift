import Pipelines

extension LoopTurn {
  /// The turn for a terminal, without a line feed at the end.
  func rendered() -> String {
    var table = Table(
      .init("stage"), .init("state"), .init("seconds", .right), .init("what it came to"))
    for stage in stages {
      table.append(
        stage.stage.rawValue, stage.stateWords,
        stage.seconds.map { NumberText.fixed($0, decimals: 1) } ?? "",
        stage.isFinished ? stage.findings.joined(separator: "; ") : "")
    }
    let name = "turn \(turn) of \(project)" + (lineage.map { ", lineage \($0)" } ?? "")
    return "\(name)\n\n\(table.rendered())\n\n\(verdict)"
  }

  /// What is to be done next.
  private var verdict: String {
    if passed == false {
      return
        "\(folder): the candidate has not passed the gate; begin another turn with --new-turn when "
        + "there are more data or other settings"
    }
    if let candidate, let model {
      return
        "\(folder): give the server --canary \(candidate); once it is promoted, the next turn's policy is "
        + model
    }
    return "\(folder): not finished; the same command goes on"
  }
}
