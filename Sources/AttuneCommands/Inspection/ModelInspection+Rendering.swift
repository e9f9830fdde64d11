import LanguageModels
import PreferenceData
import Tokenization

extension ModelInspection {
  /// The inspection as text for a person.
  func rendered(tensors: Bool) -> String {
    var parts = [facts, shares]
    if tensors { parts.append(list) }
    return parts.joined(separator: "\n\n")
  }

  private var facts: String {
    var facts = FactList()
    let c = configuration
    facts.add("model", directory)
    facts.add("architecture", c.family.architecture(for: task))
    facts.add("layers", "\(c.layers) of width \(c.width), feed-forward \(c.feedForwardWidth)")
    facts.add(
      "attention", "\(c.heads) heads of width \(c.headWidth), \(c.keyValueHeads) key–value heads")
    facts.add("blocks", "\(c.feedForward.words), \(c.normalization.words) normalization")
    facts.add("positions", "\(c.positionLimit), \(c.positions.words)")
    if let window = c.windows.compactMap(\.self).min() {
      let layers = c.windows.count { $0 != nil }
      facts.add("sliding window", "\(window) tokens in \(layers) layers")
    }
    facts.add(
      "vocabulary",
      reward == nil
        ? "\(c.vocabularySize), head \(c.tiesHead ? "tied to the embedding" : "of its own")"
        : "\(c.vocabularySize)")
    if let reward { facts.add(reward) }
    facts.add("parameters", NumberText.grouped(weights.count))
    facts.add(
      "stored as",
      weights.formats.map { "\($0.name) (\($0.tensors) tensors)" }.joined(separator: ", "))
    facts.add("on disk", NumberText.bytes(bytesOnDisk))
    facts.add(
      "to train",
      "\(NumberText.bytes(weights.trainingBytes)) and the activations "
        + "(weights, gradients and Adam's moments in float32)")
    facts.add("complete", completenessText)
    if let tokenizer {
      facts.add("tokenizer", "\(tokenizer.vocabularySize) tokens")
      facts.add("begins with", tokenizer.name(of: tokenizer.beginningOfSequence))
      facts.add("ends with", tokenizer.name(of: tokenizer.endOfSequence))
      facts.add("padding", tokenizer.name(of: tokenizer.padding))
    } else {
      facts.add("tokenizer", "none that can be used")
    }
    return facts.rendered()
  }

  private var completenessText: String {
    switch completeness {
    case .complete: "yes: every tensor is there, in the right shape"
    case .incomplete: "no"
    case .unchecked(let reason): "not checked: \(reason)"
    }
  }

  private var shares: String {
    var table = Table(.init("part"), .init("parameters", .right), .init("share", .right))
    for (part, count) in weights.parts {
      let share = 100 * Double(count) / Double(max(1, weights.count))
      table.append(
        part.rawValue, NumberText.grouped(count), "\(NumberText.fixed(share, decimals: 1)) %")
    }
    return table.rendered()
  }

  private var list: String {
    var table = Table(
      .init("tensor"), .init("shape"), .init("format"), .init("parameters", .right))
    for entry in weights.entries {
      table.append(
        entry.name, "\(entry.shape)", entry.format, NumberText.grouped(entry.count))
    }
    return table.rendered()
  }

  /// The inspection for programs.
  func report(tensors: Bool) -> JSONReport {
    let c = configuration
    var report = JSONReport()
    report.add("directory", directory)
    report.add("architecture", c.family.architecture(for: task))
    report.add("layers", c.layers)
    report.add("width", c.width)
    report.add("feed_forward_width", c.feedForwardWidth)
    report.add("heads", c.heads)
    report.add("key_value_heads", c.keyValueHeads)
    report.add("head_width", c.headWidth)
    report.add("feed_forward", c.feedForward.words)
    report.add("normalization", c.normalization.words)
    report.add("normalization_epsilon", .number(c.normalization.epsilon))
    report.add("positions", c.positions.words)
    report.add("position_limit", c.positionLimit)
    report.add("vocabulary", c.vocabularySize)
    if let reward {
      report.add(reward)
    } else {
      report.add("tied_head", .boolean(c.tiesHead))
    }
    report.add("parameters", weights.count)
    var parts = JSONReport()
    for (part, count) in weights.parts { parts.add(part.rawValue, count) }
    report.add("parts", parts)
    var formats = JSONReport()
    for (name, tensors) in weights.formats { formats.add(name, tensors) }
    report.add("formats", formats)
    report.add("bytes_on_disk", bytesOnDisk)
    report.add("bytes_to_train", weights.trainingBytes)
    report.add("complete", completenessValue)
    report.add("tokenizer", tokenizer.map(\.report).map(\.value) ?? .null)
    if tensors { report.add("tensors", weights.entries.map(\.report)) }
    report.add("problems", .array(problems.map(JSONValue.string)))
    return report
  }

  private var completenessValue: JSONValue {
    switch completeness {
    case .complete: .boolean(true)
    case .incomplete: .boolean(false)
    case .unchecked: .null
    }
  }
}

extension WeightSummary.Entry {
  fileprivate var report: JSONReport {
    var report = JSONReport()
    report.add("name", name)
    report.add("shape", .array(shape.map { .number(Double($0)) }))
    report.add("format", format)
    return report
  }
}

extension Tokenizer {
  /// A special token as people know it: `<|endoftext|> (0)`.
  fileprivate func name(of id: Int32?) -> String {
    guard let id else { return "none" }
    return "\(token(for: id) ?? "") (\(id))"
  }

  fileprivate var report: JSONReport {
    func value(_ id: Int32?) -> JSONValue { id.map { .number(Double($0)) } ?? .null }
    var report = JSONReport()
    report.add("tokens", vocabularySize)
    report.add("bos_token_id", value(beginningOfSequence))
    report.add("eos_token_id", value(endOfSequence))
    report.add("pad_token_id", value(padding))
    return report
  }
}
