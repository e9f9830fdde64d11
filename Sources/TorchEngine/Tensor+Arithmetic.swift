internal import CTorch

extension Tensor {
  /// The same numbers in another format; differentiable.
  public func converted(to element: ElementType) throws(EngineError) -> Tensor {
    try received { ct_tensor_converted(raw, element.code, $0) }
  }

  /// The same numbers in another shape of as many places; differentiable.
  public func reshaped(_ shape: [Int]) throws(EngineError) -> Tensor {
    let sizes = shape.map(Int64.init)
    return try received { ct_tensor_reshaped(raw, sizes, Int32(sizes.count), $0) }
  }

  /// The matrix with rows and columns exchanged, as an array of its own; differentiable.
  public func transposed() throws(EngineError) -> Tensor {
    try received { ct_tensor_transposed(raw, $0) }
  }

  /// The columns of this matrix in neighbouring runs, which share its memory; differentiable.
  ///
  /// - Parameter widths: The number of columns of each run; together all columns.
  /// - Returns: One matrix a run.
  /// - Throws: ``EngineError`` if the widths do not add up.
  public func split(widths: [Int]) throws(EngineError) -> [Tensor] {
    var handles = [ct_tensor?](repeating: nil, count: widths.count)
    try check(ct_tensor_split(raw, widths.map(Int64.init), Int32(widths.count), &handles))
    return handles.compactMap { $0.map(Tensor.init(owning:)) }
  }

  /// The sum of all elements, a tensor without dimensions; differentiable.
  public func sum() throws(EngineError) -> Tensor {
    try received { ct_tensor_sum(raw, $0) }
  }

  /// The elementwise sum; differentiable.
  public func adding(_ other: Tensor) throws(EngineError) -> Tensor {
    try received { ct_tensor_add(raw, other.raw, $0) }
  }

  /// The elementwise product; differentiable.
  public func multiplied(by other: Tensor) throws(EngineError) -> Tensor {
    try received { ct_tensor_multiply(raw, other.raw, $0) }
  }
}
