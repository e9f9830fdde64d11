/// Reads Prometheus' text format 0.0.4 as its description says, and refuses what is not of it.
struct ExpositionParser {
  struct Sample: Equatable {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  struct Broken: Error { let line: String }

  private(set) var samples: [Sample] = []
  private(set) var types: [String: String] = [:]
  private(set) var help: [String: String] = [:]

  init(_ text: String) throws {
    guard text.last == "\n" || text.isEmpty else { throw Broken(line: "no line feed at the end") }
    for line in text.split(separator: "\n" as Character, omittingEmptySubsequences: false)
      .dropLast()
    {
      var rest = Substring(line)
      if line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ") {
        let isHelp = line.hasPrefix("# HELP ")
        let parts = line.dropFirst(7).split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { throw Broken(line: String(line)) }
        let name = String(parts[0])
        if isHelp {
          guard help[name] == nil else { throw Broken(line: String(line)) }
          help[name] = try unescaped(parts[1], quote: false)
        } else {
          // The type stands before the samples, and the samples together.
          guard types[name] == nil, !samples.contains(where: { $0.name == name }) else {
            throw Broken(line: String(line))
          }
          types[name] = String(parts[1])
        }
        continue
      }
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
      rest = rest.dropFirst(name.count)
      var labels: [String: String] = [:]
      if rest.first == "{" {
        rest = rest.dropFirst()
        while rest.first != "}" {
          let label = rest.prefix { $0 != "=" }
          rest = rest.dropFirst(label.count + 1)
          guard rest.popFirst() == "\"", !label.isEmpty, labels[String(label)] == nil else {
            throw Broken(line: String(line))
          }
          var raw = ""
          while let next = rest.popFirst(), next != "\"" {
            raw.append(next)
            if next == "\\", let escaped = rest.popFirst() { raw.append(escaped) }
          }
          labels[String(label)] = try unescaped(raw[...], quote: true)
          if rest.first == "," { rest = rest.dropFirst() }
        }
        rest = rest.dropFirst()
      }
      guard rest.popFirst() == " ", let value = Self.number(rest), !name.isEmpty else {
        throw Broken(line: String(line))
      }
      samples.append(Sample(name: String(name), labels: labels, value: value))
    }
  }

  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    samples.first { $0.name == name && $0.labels == labels }?.value
  }

  private static func number(_ text: Substring) -> Double? {
    switch text {
    case "NaN": .nan
    case "+Inf": .infinity
    case "-Inf": -.infinity
    default: text.contains(where: { !"+-.0123456789e".contains($0) }) ? nil : Double(text)
    }
  }

  private func unescaped(_ text: Substring, quote: Bool) throws -> String {
    var (result, rest) = ("", text)
    while let next = rest.popFirst() {
      guard next == "\\" else {
        result.append(next)
        continue
      }
      switch rest.popFirst() {
      case "\\": result.append("\\")
      case "n": result.append("\n")
      case "\"" where quote: result.append("\"")
      default: throw Broken(line: String(text))
      }
    }
    return result
  }
}
