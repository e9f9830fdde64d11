internal import Reports

/// What the policy said early and late in the run, side by side.
struct SampleSection {
  let samples: [RecordedSample]

  /// How many pairs of completions are shown.
  private static let limit = 5

  /// The section, where completions of two steps were kept.
  var section: ReportSection? {
    let same = pairsOfSamePrompts
    let pairs = same.isEmpty ? pairsOfDifferentPrompts : same
    guard !pairs.isEmpty else { return nil }
    let words =
      same.isEmpty
      ? "No prompt was kept at two steps: these are completions of different prompts, of the first step "
        + "that kept any and of the last."
      : "The first and the last completion that were kept of the same prompts."
    return ReportSection("Before and after", [.paragraph(words), .samples(pairs)])
  }

  /// Prompts that were kept at two steps or more, those farthest apart first.
  private var pairsOfSamePrompts: [ReportSample] {
    var order: [String] = []
    var kept: [String: (first: RecordedSample, last: RecordedSample)] = [:]
    for sample in samples {
      if let pair = kept[sample.prompt] {
        if sample.step < pair.first.step { kept[sample.prompt]?.first = sample }
        if sample.step > pair.last.step { kept[sample.prompt]?.last = sample }
      } else {
        order.append(sample.prompt)
        kept[sample.prompt] = (sample, sample)
      }
    }
    let pairs = order.compactMap { kept[$0] }.filter { $0.first.step < $0.last.step }
    // The order of a sort is kept among equals by their places.
    let farthest = pairs.enumerated().sorted {
      let spans = (
        $0.element.last.step - $0.element.first.step, $1.element.last.step - $1.element.first.step
      )
      return (-spans.0, $0.offset) < (-spans.1, $1.offset)
    }
    return farthest.prefix(Self.limit).map { _, pair in
      ReportSample(
        prompt: pair.first.prompt, answers: [pair.first.answer(), pair.last.answer()])
    }
  }

  private var pairsOfDifferentPrompts: [ReportSample] {
    guard let first = samples.map(\.step).min(), let last = samples.map(\.step).max(), first < last
    else { return [] }
    let (early, late) = (
      samples.filter { $0.step == first }, samples.filter { $0.step == last }
    )
    return zip(early, late).prefix(Self.limit).map { early, late in
      ReportSample(
        prompt: nil,
        answers: [early, late].map { $0.answer(prompt: $0.prompt) })
    }
  }
}

extension RecordedSample {
  /// What was said, with when it was and what it was worth.
  fileprivate func answer(prompt: String? = nil) -> ReportSample.Answer {
    let details = [
      reward.map { "reward \(NumberLabel.significant($0))" },
      tokens.map { $0 == 1 ? "1 token" : "\(NumberLabel.grouped($0)) tokens" },
      isCut ? "cut at the limit" : nil,
    ].compactMap { $0 }
    return .init(
      "step \(NumberLabel.grouped(step))", completion, detail: details.joined(separator: " · "),
      prompt: prompt)
  }
}
