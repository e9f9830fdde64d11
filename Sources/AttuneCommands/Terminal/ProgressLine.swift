/// A progress snapshot as text. Pure: the same snapshot and width give the same line.
package enum ProgressLine {
  private static let barWidth = 8...30
  private static let separator = "  "

  /// One line that fits a terminal.
  ///
  /// What does not fit is left out, least telling first: the elapsed time, the rates from the last
  /// to the second, the bar. The bar takes the columns that are left, up to 30.
  ///
  /// - Parameters:
  ///   - snapshot: How far the work is.
  ///   - width: The columns of the terminal. The last one stays free: some terminals wrap there.
  ///   - color: Whether the line is painted; colour does not change what fits.
  /// - Returns: The line, without a line feed.
  package static func live(_ snapshot: ProgressSnapshot, width: Int, color: TerminalColor) -> String
  {
    let columns = max(width - 1, 1)
    let head = "\(snapshot.activity) \(snapshot.step)/\(snapshot.total)"
    let percent = "\(Int(snapshot.fraction * 100))%"
    let figures = snapshot.figures.map(text)
    let remaining = snapshot.remaining.map { "\(NumberText.clock($0)) left" }
    let elapsed = "\(NumberText.clock(snapshot.elapsed)) elapsed"
    var rates = snapshot.rates.map(text)

    var showsElapsed = true
    while true {
      let tail = figures + rates + (showsElapsed ? [elapsed] : [])
      let parts = [head, percent] + tail + [remaining].compactMap { $0 }
      let length = parts.joined(separator: separator).count
      // A bar costs its brackets and one more separator.
      let room = columns - length - separator.count - 2
      if room >= barWidth.lowerBound {
        let bar = bar(snapshot.fraction, width: min(room, barWidth.upperBound), color)
        return ([head, bar] + parts.dropFirst()).joined(separator: separator)
      }
      if showsElapsed {
        showsElapsed = false
      } else if rates.count > 1 {
        rates.removeLast()
      } else {
        return String(parts.joined(separator: separator).prefix(columns))
      }
    }
  }

  /// One line for a file or a log, where width does not matter.
  package static func plain(_ snapshot: ProgressSnapshot) -> String {
    let percent = Int(snapshot.fraction * 100)
    var parts = ["\(snapshot.activity) \(snapshot.step)/\(snapshot.total) (\(percent)%)"]
    parts += snapshot.figures.map(text)
    parts += snapshot.rates.map(text)
    parts.append("\(NumberText.clock(snapshot.elapsed)) elapsed")
    if let remaining = snapshot.remaining { parts.append("\(NumberText.clock(remaining)) left") }
    return parts.joined(separator: ", ")
  }

  private static func bar(_ fraction: Double, width: Int, _ color: TerminalColor) -> String {
    let filled = Int(fraction * Double(width))
    return "[" + color.paint(String(repeating: "#", count: filled), .cyan)
      + color.paint(String(repeating: "-", count: width - filled), .dim) + "]"
  }

  private static func text(_ figure: ProgressSnapshot.Figure) -> String {
    "\(figure.name) \(NumberText.significant(figure.value, digits: 4))"
  }

  private static func text(_ rate: ProgressSnapshot.Rate) -> String {
    "\(NumberText.abbreviated(rate.perSecond)) \(rate.unit)/s"
  }
}
