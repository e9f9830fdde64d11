internal import Evaluations
internal import PreferenceData

/// Looks along a window, in the order of time, for where a column leaves the baseline, by ``CumulativeSum`` and
/// ``PageHinkley`` on values in deviations of their topic.
///
/// The customary thresholds are for streams without end: independent values that do not change pass h = 5 every 465
/// on average, skewed ones far sooner. Here each threshold is the evidence that streams drawn from the baseline, topic by
/// topic as the window has them, exceed so rarely that all detectors of a window together keep the level.
struct ChangeDetection {
  let columns: [ResponseColumn]
  let settings: DriftSettings

  /// Changes; of each detector the first one.
  ///
  /// - Parameters:
  ///   - baseline: The baseline.
  ///   - current: The window in the order of time.
  ///   - random: The source of the streams; it is advanced.
  /// - Returns: By column, then by detector.
  func callAsFunction(
    _ baseline: [PlacedResponse], _ current: [PlacedResponse], using random: inout SeededGenerator
  ) -> [ChangePoint] {
    let level = settings.level / Double(2 * max(1, columns.count))
    return columns.flatMap { column -> [ChangePoint] in
      let scales = TopicScales(column, of: baseline)
      func stream(_ rows: [PlacedResponse]) -> [Value] {
        // Responses to one question are not independent: the first one counts.
        var seen: Set<String> = []
        return rows.enumerated().compactMap { place, row in
          scales.standardized(column, of: row).flatMap { z in
            seen.insert(row.measured.question).inserted
              ? Value(place: place, stratum: row.stratum ?? 0, z: z) : nil
          }
        }
      }
      let (before, now) = (stream(baseline), stream(current))
      guard before.count >= settings.leastSample, now.count >= settings.leastSample else {
        return []
      }
      let limits = Self.thresholds(before, now, level: level, using: &random)
      return ChangePoint.Detector.allCases.compactMap { detector in
        guard let threshold = limits[detector], threshold > 0,
          let alarm = Self.alarm(now.map(\.z), detector, threshold)
        else { return nil }
        let (onset, position) = (now[alarm.onset - 1].place, now[alarm.position - 1].place)
        return ChangePoint(
          name: column.rawValue, title: column.title, detector: detector,
          direction: alarm.direction, position: position + 1, onset: onset + 1,
          onsetTime: current[onset].measured.response.time, evidence: alarm.evidence,
          threshold: threshold)
      }
    }
  }

  /// A response along the stream.
  private struct Value {
    let place: Int
    let stratum: Int
    let z: Double
  }

  private static let scale = ReferenceScale(mean: 0, deviation: 1)

  private static func alarm(
    _ stream: [Double], _ detector: ChangePoint.Detector, _ threshold: Double
  ) -> ChangeAlarm? {
    var sum = CumulativeSum(scale: scale, threshold: threshold)
    var page = PageHinkley(scale: scale, threshold: threshold)
    for z in stream {
      let alarm =
        switch detector {
        case .cumulativeSum: sum.add(z)
        case .pageHinkley: page.add(z)
        }
      if let alarm { return alarm }
    }
    return nil
  }

  /// What streams like the window exceed with the probability of the level.
  ///
  /// The values of each stratum come from Pólya's urn: it holds the baseline's n of that stratum, and each that is drawn
  /// goes back with another of its kind, so that streams differ from the baseline as much as n values leave open. A long
  /// window would take that error for a change. With the weight of twenty more, values come from all strata, for few tell
  /// what is rare; they are stretched where the stratum varies more than all do.
  private static func thresholds(
    _ baseline: [Value], _ current: [Value], level: Double, using random: inout SeededGenerator
  ) -> [ChangePoint.Detector: Double] {
    let all = baseline.map(\.z)
    let own = Dictionary(grouping: baseline, by: \.stratum).mapValues { $0.map(\.z) }
    let strata = own.keys.sorted()
    let urns = strata.map { own[$0] ?? [] }
    let numbers = Dictionary(uniqueKeysWithValues: zip(strata, strata.indices))
    let sources = current.compactMap { numbers[$0.stratum] }
    let stretches = urns.map { urn in
      max(1, (urn.reduce(0) { $0 + $1 * $1 } / Double(urn.count)).squareRoot())
    }
    let streams = max(Int((2 / level).rounded(.up)), min(1000, 500_000 / current.count))
    var greatest: [ChangePoint.Detector: [Double]] = [:]
    for _ in 0..<streams {
      var sum = CumulativeSum(scale: scale, threshold: .infinity)
      var page = PageHinkley(scale: scale, threshold: .infinity)
      var (most, mostPage) = (0.0, 0.0)
      var urns = urns
      for (place, source) in sources.enumerated() {
        let draw = Int(random.uniform(below: UInt64(urns[source].count + 20)))
        let z =
          draw < urns[source].count
          ? urns[source][draw]
          : stretches[source] * all[Int(random.uniform(below: UInt64(all.count)))]
        urns[source].append(z)
        _ = sum.add(z)
        _ = page.add(z)
        most = max(most, sum.riseEvidence, sum.fallEvidence)
        // Before that it raises no alarm.
        if place + 1 >= page.minimumCount {
          mostPage = max(mostPage, page.riseEvidence, page.fallEvidence)
        }
      }
      greatest[.cumulativeSum, default: []].append(most)
      greatest[.pageHinkley, default: []].append(mostPage)
    }
    // One more stream is above the k-th greatest with the probability k/(streams + 1).
    let rank = Int(level * Double(streams + 1))
    return greatest.mapValues { $0.sorted()[streams - rank] }
  }
}
