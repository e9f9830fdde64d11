internal import CTorch

/// Runs engine work without recording a graph: for scoring alone, at half the memory.
///
/// LibTorch's switch belongs to the thread, so the closure is synchronous: a task that awaits in
/// the middle could come back on another thread.
public func withoutGradients<Value, Failure: Error>(
  _ body: () throws(Failure) -> Value
) throws(Failure) -> Value {
  let before = ct_record_graph(false)
  defer { _ = ct_record_graph(before) }
  return try body()
}

/// One root of a backward pass: a differentiable tensor and d loss / d root, of its shape.
public struct GradientSeed {
  let root: Tensor
  let seed: Tensor

  /// Seeds a root with plain numbers, as a loss returns them.
  ///
  /// - Parameters:
  ///   - root: A float32 tensor with its graph.
  ///   - values: The derivative of the loss by each of its elements, row by row.
  /// - Throws: ``EngineError`` if memory runs out.
  public init(_ root: Tensor, _ values: [Double]) throws(EngineError) {
    self.root = root
    seed =
      root.elementType == .float64
      ? try Tensor(values, shape: root.shape)
      : try Tensor(values.map(Float.init), shape: root.shape)
  }
}

/// One backward pass from several roots; gradients are added to those that tensors already hold.
///
/// - Parameter seeds: The roots, each with d loss / d root.
/// - Throws: ``EngineError`` if a root has no graph, or its graph was used before.
public func backward(_ seeds: [GradientSeed]) throws(EngineError) {
  let roots = seeds.map { Optional($0.root.raw) }
  let values = seeds.map { Optional($0.seed.raw) }
  try check(ct_backward(roots, values, Int32(seeds.count)))
}

extension Tensor {
  /// Marks a tensor as one to find the gradient by, or no longer.
  public func requireGradient(_ required: Bool = true) throws(EngineError) {
    try check(ct_tensor_require_gradient(raw, required))
  }

  /// What backward passes have added up since the last ``clearGradient()``; `nil` before the first.
  public func gradient() throws(EngineError) -> Tensor? {
    var handle: ct_tensor?
    try check(ct_tensor_gradient(raw, &handle))
    return handle.map(Tensor.init(owning:))
  }

  /// Forgets the gradient and frees its memory.
  public func clearGradient() throws(EngineError) {
    try check(ct_tensor_clear_gradient(raw))
  }
}
