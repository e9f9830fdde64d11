import Foundation
import Pipelines

extension PerplexityResult {
  /// The result for a terminal, without a line feed at the end.
  func rendered() -> String {
    var table = Table(
      .init("texts"), .init("documents", .right), .init("tokens", .right),
      .init("perplexity", .right), .init("95 %", .right), .init("nats a token", .right),
      .init("bits a byte", .right), .init("nats a character", .right))
    for measure in kinds + [overall] { table.append(measure) }
    var lines = [table.rendered()]
    if let generator = overall.generator, let own = overall.natsPerCharacter {
      let percent = [generator.excess, generator.excessLower, generator.excessUpper].map {
        NumberText.fixed(100 * $0, decimals: 1)
      }
      lines.append(
        "by their generator \(NumberText.significant(generator.natsPerCharacter, digits: 4)) nats a "
          + "character; the model's \(NumberText.significant(own, digits: 4)) are \(percent[0]) % more "
          + "(\(percent[1]) to \(percent[2]) %)")
    }
    if let base {
      lines.append(
        "\(base.model): \(NumberText.significant(base.natsPerToken, digits: 4)) nats a token; of its nats for "
          + "the same texts, the model needs \(base.ratio.words(decimals: 4))")
    }
    lines += dropped.sorted { $0.key < $1.key }.map { "left out: \($1) (\($0))" }
    return lines.joined(separator: "\n")
  }

  /// The result as one line of JSON.
  var line: String {
    get throws { try JSONLine.text(of: self) }
  }
}

extension RewardEvaluationResult {
  /// The result as one line of JSON.
  var line: String {
    get throws { try JSONLine.text(of: self) }
  }
}

extension Table {
  fileprivate mutating func append(_ measure: PerplexityMeasure) {
    func digits(_ value: Double?) -> String {
      value.map { NumberText.significant($0, digits: 4) } ?? "–"
    }
    let interval = measure.perplexityInterval
    append(
      measure.name, NumberText.grouped(measure.documents), NumberText.grouped(measure.tokens),
      digits(measure.perplexity), "\(digits(interval.lower)) to \(digits(interval.upper))",
      digits(measure.natsPerToken), digits(measure.bitsPerByte), digits(measure.natsPerCharacter))
  }
}
