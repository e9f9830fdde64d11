internal import CTorch

/// An array of numbers in the engine, of any number of dimensions, with the graph that made it.
///
/// A tensor is a handle: copies share the numbers. It stays on the thread of its executor (it is
/// not Sendable); what leaves the engine are plain Swift numbers, by ``values(as:)``.
public struct Tensor {
  private final class Handle {
    let raw: ct_tensor
    init(_ raw: ct_tensor) { self.raw = raw }
    deinit { ct_tensor_free(raw) }
  }

  private let handle: Handle
  var raw: ct_tensor { handle.raw }

  init(owning raw: ct_tensor) { handle = Handle(raw) }

  /// A tensor of the given numbers, row by row.
  ///
  /// - Parameters:
  ///   - values: As many numbers as the shape has places.
  ///   - shape: The size of each dimension; one dimension when left out.
  /// - Throws: ``EngineError`` if memory runs out.
  public init<Element: TensorElement>(
    _ values: [Element], shape: [Int]? = nil
  ) throws(EngineError) {
    let shape = shape ?? [values.count]
    precondition(shape.reduce(1, *) == values.count, "\(values.count) values for \(shape)")
    try Engine.prepare()
    self = try received { result in
      values.withUnsafeBytes { copying($0, Element.elementType, shape, result) }
    }
  }

  /// A tensor that copies raw memory.
  init(
    bytes: UnsafeRawBufferPointer, _ element: ElementType, _ shape: [Int]
  ) throws(EngineError) {
    try Engine.prepare()
    self = try received { copying(bytes, element, shape, $0) }
  }

  /// A tensor with the same number everywhere.
  public init(
    repeating value: Double, shape: [Int], as element: ElementType = .float32
  ) throws(EngineError) {
    try Engine.prepare()
    let sizes = shape.map(Int64.init)
    self = try received { ct_tensor_full(value, element.code, sizes, Int32(sizes.count), $0) }
  }

  /// Independent normal deviates in float32, the same for the same seed and shape.
  ///
  /// - Parameters:
  ///   - mean: Their mean.
  ///   - deviation: Their standard deviation.
  ///   - seed: Of a generator that nothing else uses.
  ///   - shape: The size of each dimension.
  /// - Returns: The deviates.
  /// - Throws: ``EngineError`` if memory runs out.
  public static func normal(
    mean: Double = 0, deviation: Double, seed: UInt64, shape: [Int]
  ) throws(EngineError) -> Tensor {
    try Engine.prepare()
    let sizes = shape.map(Int64.init)
    return try received { ct_tensor_normal(mean, deviation, seed, sizes, Int32(sizes.count), $0) }
  }

  /// The size of each dimension.
  public var shape: [Int] { (0..<ct_tensor_rank(raw)).map { Int(ct_tensor_size(raw, $0)) } }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The number format of the elements.
  public var elementType: ElementType { ElementType(code: ct_tensor_element(raw)) }

  /// Where the numbers lie: for tests of the memory that tensors are given.
  var address: UInt { UInt(bitPattern: ct_tensor_address(raw)) }

  /// All elements, row by row, converted to a Swift number. The one point where the engine's
  /// work is waited for.
  public func values<Element: TensorElement>(as: Element.Type) throws(EngineError) -> [Element] {
    var values = [Element](repeating: .zero, count: count)
    guard !values.isEmpty else { return values }
    try check(
      values.withUnsafeMutableBytes {
        ct_tensor_read(raw, Element.elementType.code, $0.baseAddress)
      })
    return values
  }

  /// Copies a run of the flattened tensor's elements, unconverted, into memory.
  func read(_ elements: Range<Int>, into bytes: UnsafeMutableRawBufferPointer) throws(EngineError) {
    precondition(bytes.count >= elements.count * elementType.byteCount, "too little memory")
    try check(
      ct_tensor_read_part(raw, Int64(elements.lowerBound), Int64(elements.count), bytes.baseAddress)
    )
  }
}

private func copying(
  _ bytes: UnsafeRawBufferPointer, _ element: ElementType, _ shape: [Int],
  _ result: UnsafeMutablePointer<ct_tensor?>
) -> ct_status {
  precondition(
    bytes.count == shape.reduce(element.byteCount, *), "\(bytes.count) bytes for \(shape)")
  let sizes = shape.map(Int64.init)
  // An empty array may have no address, but the engine wants one.
  let address = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)
  return ct_tensor_copying(address, element.code, sizes, Int32(sizes.count), result)
}
