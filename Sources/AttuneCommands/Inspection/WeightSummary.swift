import LanguageModels
import TorchEngine

/// What the weight files of a checkpoint hold, by their tables of contents alone.
struct WeightSummary {
  /// One tensor of the files.
  struct Entry {
    let name: String
    let shape: [Int]
    let format: String
    /// Where it belongs in the network; `nil` for a buffer, such as a mask, and for what the
    /// architecture does not have.
    let part: NetworkPart?
    var count: Int { shape.reduce(1, *) }
  }

  /// All tensors by name.
  let entries: [Entry]

  /// Looks at the tables of contents.
  ///
  /// - Parameters:
  ///   - checkpoint: The weight files.
  ///   - configuration: Says which tensor is what.
  ///   - output: What the network ends in.
  init(
    _ checkpoint: SafetensorsCheckpoint, of configuration: TransformerConfiguration,
    output: NetworkOutput = .vocabulary
  ) {
    let mapping = WeightMapping(configuration, output: output, present: checkpoint.names)
    entries = checkpoint.names.map { name in
      Entry(
        name: name, shape: checkpoint.shape(of: name) ?? [],
        format: checkpoint.format(of: name) ?? "", part: mapping.part(of: name))
    }
  }

  /// Looks at the table of contents of score heads.
  init(heads file: SafetensorsFile) {
    entries = file.names.map { name in
      Entry(
        name: name, shape: file.shape(of: name) ?? [], format: file.format(of: name) ?? "",
        part: .score)
    }
  }

  private init(entries: [Entry]) { self.entries = entries }

  /// Both, the left one first.
  static func + (a: WeightSummary, b: WeightSummary) -> WeightSummary {
    WeightSummary(entries: a.entries + b.entries)
  }

  /// The number of weights; buffers are none.
  var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// The number of weights in each part that has any.
  var parts: [(part: NetworkPart, count: Int)] {
    NetworkPart.allCases.compactMap { part in
      let count = entries.filter { $0.part == part }.reduce(0) { $0 + $1.count }
      return count > 0 ? (part, count) : nil
    }
  }

  /// The number formats in the files and how many tensors have each, by name.
  var formats: [(name: String, tensors: Int)] {
    Dictionary(grouping: entries, by: \.format).map { ($0, $1.count) }.sorted { $0.0 < $1.0 }
  }

  /// The weights in float32, as they are loaded.
  var loadedBytes: Int { 4 * count }

  /// Weight, gradient and Adam's two moments, each in float32; activations come on top.
  var trainingBytes: Int { 16 * count }
}
