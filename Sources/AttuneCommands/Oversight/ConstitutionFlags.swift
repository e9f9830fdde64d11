import ArgumentParser
import ConfigurationFiles
import Foundation
import Oversight

/// The principles by which a command criticises or compares.
struct ConstitutionFlags: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The constitution: a YAML file, or the paper's JSON files (default: the one that ships, which attune "
        + "constitution show prints).", valueName: "file"))
  var principles: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Take only principles that have one of these tags.", valueName: "tag"))
  var tags: [String] = []

  @Flag(help: "Leave the constitution's examples out, for a model that was trained to criticise.")
  var withoutExamples = false

  /// The constitution.
  ///
  /// - Returns: One with at least one principle.
  /// - Throws: `ConfigurationError` or ``Failure`` for a file that is none.
  func constitution() throws -> Constitution {
    var constitution = try read()
    do {
      constitution = try constitution.tagged(Set(tags))
    } catch {
      throw Failure(.usage, error.description)
    }
    if withoutExamples {
      constitution.revisionExamples = []
      constitution.comparisonExamples = []
    }
    return constitution
  }

  private func read() throws -> Constitution {
    if principles.isEmpty { return .shipped }
    if principles.count == 1, !principles[0].lowercased().hasSuffix(".json") {
      return try YAMLDocument(contentsOf: principles[0]).decode(Constitution.self)
    }
    if let other = principles.first(where: { !$0.lowercased().hasSuffix(".json") }) {
      throw Failure(
        .usage,
        "\(other): several files of principles are the paper's, whose names end in .json; "
          + "give one YAML file, or these")
    }
    let files = try principles.map { path in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Failure(.data, "\(path): there is no such file, or it cannot be read; check the path")
      }
      return (path: path, data: data)
    }
    do {
      return try Constitution(paperFiles: files)
    } catch {
      throw Failure(.data, "\(error)")
    }
  }
}
