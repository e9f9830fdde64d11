/// A file of named tensors that is mapped, not read: opening it costs nothing, and each tensor's
/// bytes are touched once.
///
/// The format: https://github.com/huggingface/safetensors (format section).
public final class SafetensorsFile {
  /// Where the file lies.
  public let path: String
  private let file: MappedFile
  private let header: SafetensorsHeader

  /// Opens a file and checks its header.
  ///
  /// - Parameter path: A `.safetensors` file.
  /// - Throws: ``EngineError`` if it cannot be read, is cut off, or its header lies.
  public init(path: String) throws(EngineError) {
    self.path = path
    file = try MappedFile(path: path)
    header = try SafetensorsHeader(of: file.bytes, path: path)
  }

  /// The tensors' names, sorted.
  public var names: [String] { header.entries.keys.sorted() }

  /// A tensor's shape, or `nil` if there is none of the name.
  public func shape(of name: String) -> [Int]? { header.entries[name]?.shape }

  /// The file's name of a tensor's number format, for instance "BF16".
  public func format(of name: String) -> String? { header.entries[name]?.format }

  /// Copies a tensor into the engine.
  ///
  /// - Parameters:
  ///   - name: One of ``names``.
  ///   - element: The number format wanted.
  /// - Returns: The tensor, which no longer needs the file.
  /// - Throws: ``EngineError`` if there is no such tensor or its format holds no weights.
  public func tensor(
    _ name: String, as element: ElementType = .float32
  ) throws(EngineError) -> Tensor {
    guard let entry = header.entries[name] else {
      throw .file(path: path, problem: "has no tensor '\(name)'")
    }
    guard let stored = entry.elementType, stored != .int64 else {
      throw .file(
        path: path,
        problem: "tensor '\(name)' is stored as \(entry.format); "
          + "weights are read from F32, BF16, F16 and F64")
    }
    defer { file.release(entry.bytes) }
    let tensor = try Tensor(
      bytes: UnsafeRawBufferPointer(rebasing: file.bytes[entry.bytes]), stored, entry.shape)
    return stored == element ? tensor : try tensor.converted(to: element)
  }
}
