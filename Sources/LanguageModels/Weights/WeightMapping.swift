/// What a network ends in.
package enum NetworkOutput: Equatable {
  /// The projection onto the vocabulary.
  case vocabulary
  /// Score heads.
  case scores(ScoreHeadShape)
  /// The head of a sequence classifier of so many labels.
  case classes(Int)
  /// The normalization after the last layer.
  case nothing
}

/// Which tensors a model's checkpoint has, and which place of the network each of them is for.
package struct WeightMapping {
  /// One tensor.
  struct Slot {
    let module: Module
    let isBias: Bool
    /// The name in the file.
    let name: String
    /// The shape in memory: matrices are [out, in].
    let shape: [Int]
    /// The file holds the matrix as [in, out].
    let isTransposed: Bool

    var storedShape: [Int] { isTransposed ? shape.reversed() : shape }
  }

  /// Every parameter of the model, in the order in which it is used.
  private(set) var slots: [Slot] = []
  private let configuration: TransformerConfiguration
  private let output: NetworkOutput
  private let names: WeightNames
  private let prefix: String

  /// The tensors of a model.
  ///
  /// - Parameters:
  ///   - configuration: The model's shape.
  ///   - output: What the network ends in.
  ///   - present: The names in the checkpoint, which may be without the family's prefix; none for a
  ///     model that is new.
  package init(
    _ configuration: TransformerConfiguration, output: NetworkOutput = .vocabulary,
    present: [String] = []
  ) {
    self.configuration = configuration
    self.output = output
    names = configuration.family.weightNames
    prefix = present.contains("\(names.embedding).weight") ? "" : names.prefix
    let c = configuration
    add(.embedding, [c.vocabularySize, c.width])
    if case .learned = c.positions { add(.positionEmbedding, [c.positionLimit, c.width]) }
    for index in 0..<c.layers { addLayer(index) }
    addNormalization(.finalNormalization, c.width)
    switch output {
    case .vocabulary where !c.tiesHead: add(.head, [c.vocabularySize, c.width])
    case .vocabulary, .nothing: break
    case .scores(let head): slots += Self.slots(of: head, width: c.width)
    case .classes(let count):
      slots.append(
        Slot(
          module: .score(0), isBias: false, name: "score.weight", shape: [count, c.width],
          isTransposed: false))
    }
  }

  /// The part of the network that a tensor belongs to; `nil` for one that is no parameter.
  package func part(of name: String) -> NetworkPart? {
    slots.first { $0.name == name }?.module.part
  }

  /// Tensors that files carry although they hold no parameter of the network: buffers, a second copy
  /// of a tied head, and a head that another output takes the place of.
  func isRedundant(_ name: String) -> Bool {
    names.buffers.contains(where: name.hasSuffix)
      || ((configuration.tiesHead || output != .vocabulary) && name == "\(names.head).weight")
      || (output == .nothing && name == "score.weight")
  }

  /// The tensors of score heads.
  static func slots(of head: ScoreHeadShape, width: Int) -> [Slot] {
    head.modules(inputs: width).flatMap { part in
      let weight = Slot(
        module: part.module, isBias: false, name: "\(part.name).weight",
        shape: [part.outputs, part.inputs], isTransposed: false)
      let bias = Slot(
        module: part.module, isBias: true, name: "\(part.name).bias", shape: [part.outputs],
        isTransposed: false)
      return part.hasBias ? [weight, bias] : [weight]
    }
  }

  private mutating func addLayer(_ index: Int) {
    let c = configuration
    let queries = c.heads * c.headWidth
    let keys = c.keyValueHeads * c.headWidth
    func module(_ module: LayerModule) -> Module { .layer(index, module) }
    addNormalization(module(.attentionNormalization), c.width)
    let projections: [(LayerModule, Int)] =
      names.layerModules[.queryKeyValue] == nil
      ? [(.query, queries), (.key, keys), (.value, keys)] : [(.queryKeyValue, queries + 2 * keys)]
    for (part, outputs) in projections {
      addProjection(module(part), outputs, c.width, bias: c.hasQueryKeyValueBiases)
    }
    if c.normalizesQueriesAndKeys {
      addNormalization(module(.queryNormalization), c.headWidth)
      addNormalization(module(.keyNormalization), c.headWidth)
    }
    addProjection(module(.attentionOutput), c.width, queries, bias: c.hasOutputBias)
    addNormalization(module(.feedForwardNormalization), c.width)
    let inner = c.feedForwardWidth
    if case .gated = c.feedForward {
      addProjection(module(.gate), inner, c.width, bias: c.hasFeedForwardBiases)
    }
    addProjection(module(.up), inner, c.width, bias: c.hasFeedForwardBiases)
    addProjection(module(.down), c.width, inner, bias: c.hasFeedForwardBiases)
  }

  private mutating func addNormalization(_ module: Module, _ width: Int) {
    add(module, [width])
    if case .layer = configuration.normalization { add(module, [width], isBias: true) }
  }

  private mutating func addProjection(_ module: Module, _ out: Int, _ input: Int, bias: Bool) {
    add(module, [out, input], isTransposed: names.projectionLayout == .inputsByOutputs)
    if bias { add(module, [out], isBias: true) }
  }

  private mutating func add(
    _ module: Module, _ shape: [Int], isBias: Bool = false, isTransposed: Bool = false
  ) {
    let name = "\(module == .head ? "" : prefix)\(names(module)).\(isBias ? "bias" : "weight")"
    slots.append(
      Slot(module: module, isBias: isBias, name: name, shape: shape, isTransposed: isTransposed))
  }
}
