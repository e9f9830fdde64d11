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
  private let names: WeightNames
  private let prefix: String

  /// The tensors of a model.
  ///
  /// - Parameters:
  ///   - configuration: The model's shape.
  ///   - present: The names in the checkpoint, which may be without the family's prefix; none for a
  ///     model that is new.
  package init(_ configuration: TransformerConfiguration, present: [String] = []) {
    self.configuration = configuration
    names = configuration.family.weightNames
    prefix = present.contains("\(names.embedding).weight") ? "" : names.prefix
    let c = configuration
    add(.embedding, [c.vocabularySize, c.width])
    if case .learned = c.positions { add(.positionEmbedding, [c.positionLimit, c.width]) }
    for index in 0..<c.layers { addLayer(index) }
    addNormalization(.finalNormalization, c.width)
    if !c.tiesHead { add(.head, [c.vocabularySize, c.width]) }
  }

  /// The part of the network that a tensor belongs to; `nil` for one that is no parameter.
  package func part(of name: String) -> NetworkPart? {
    slots.first { $0.name == name }?.module.part
  }

  /// Tensors that files carry although they hold no parameter: buffers, and a second copy of a tied
  /// head.
  func isRedundant(_ name: String) -> Bool {
    names.buffers.contains(where: name.hasSuffix)
      || (configuration.tiesHead && name == "\(names.head).weight")
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
