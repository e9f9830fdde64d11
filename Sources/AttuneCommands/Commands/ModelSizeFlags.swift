public import ArgumentParser
public import LanguageModels

/// The sizes of a new model as flags, beside a preset or instead of one.
struct ModelSizeFlags: ParsableArguments {
  @Option(help: "How the model computes (default: as the preset, or llama).")
  var family: ModelShape.Family?

  @Option(help: ArgumentHelp("Width of the residual stream, a multiple of --heads."))
  var width: Int?

  @Option(help: ArgumentHelp("How many layers.", valueName: "count"))
  var layers: Int?

  @Option(help: ArgumentHelp("Query heads of each layer.", valueName: "count"))
  var heads: Int?

  @Option(
    help: ArgumentHelp(
      "Key–value heads of each layer, a divisor of --heads (default: as many as --heads).",
      valueName: "count"))
  var keyValueHeads: Int?

  @Option(
    help: ArgumentHelp(
      "Width inside the feed-forward blocks (default: 8/3 of --width, rounded up to a multiple of "
        + "64; in gpt2 4 times --width).", valueName: "width"))
  var feedForwardWidth: Int?

  @Option(
    help: ArgumentHelp(
      "The longest sequence that the model is made for (default: 2048; in gpt2 1024).",
      valueName: "tokens"))
  var positionLimit: Int?

  @Option(
    help: ArgumentHelp(
      "Whether the embedding table is the output projection too (default: true).",
      valueName: "true|false"))
  var tieHead: Bool?

  /// The shape that a preset and the flags make together.
  ///
  /// - Throws: `ValidationError` where a size is missing or the sizes do not fit together.
  func shape(of preset: ModelPreset?) throws -> ModelShape {
    var shape = try preset?.shape ?? ownShape()
    if let family { shape.family = family }
    if let width { shape.width = width }
    if let layers { shape.layers = layers }
    if let heads { shape.heads = heads }
    if let keyValueHeads { shape.keyValueHeads = keyValueHeads }
    if let feedForwardWidth { shape.feedForwardWidth = feedForwardWidth }
    if let positionLimit { shape.positionLimit = positionLimit }
    if let tieHead { shape.tiesHead = tieHead }
    do {
      try shape.check()
    } catch {
      throw ValidationError(error.sentence { "--\($0.rawValue)" } + ".")
    }
    return shape
  }

  private func ownShape() throws(ValidationError) -> ModelShape {
    guard let width, let layers, let heads else {
      let needed = [("--width", width), ("--layers", layers), ("--heads", heads)]
      let missing = needed.filter { $0.1 == nil }.map(\.0).joined(separator: ", ")
      throw ValidationError(
        "Give --preset, or --width, --layers and --heads; missing here: \(missing).")
    }
    return ModelShape(family ?? .llama, width: width, layers: layers, heads: heads)
  }
}

extension ModelShape.Family: ExpressibleByArgument {}
