internal import Reports

/// How each measure went along the window, beside what the baseline's topics would have it.
struct MonitorCourseSection {
  let report: DriftReport

  var section: ReportSection? {
    let courses = report.courses.filter { $0.parts.count > 1 }
    guard !courses.isEmpty else { return nil }
    return ReportSection(
      "Over time",
      [
        .paragraph(
          "Means of parts of the window, with two standard errors, beside what the baseline has for the same topics."
        ),
        .figures(courses.map(figure)),
      ])
  }

  private func figure(_ course: ColumnCourse) -> ReportFigure {
    let band = course.parts.compactMap { part in
      part.standardError.map {
        ChartInterval(x: Double(part.end), lower: part.mean - 2 * $0, upper: part.mean + 2 * $0)
      }
    }
    return ReportFigure(
      course.title, summary: "By the number of the response.",
      chart: .lines(
        LineChart(
          [
            ChartSeries(
              "window", course.parts.map { ChartPoint(x: Double($0.end), y: $0.mean) }, band: band),
            ChartSeries(
              "baseline", course.parts.map { ChartPoint(x: Double($0.end), y: $0.expected) }),
          ],
          x: ChartAxis("response", format: .count),
          y: ChartAxis(
            course.title.lowercased(), format: course.isShare ? .percent : .number))))
  }
}
