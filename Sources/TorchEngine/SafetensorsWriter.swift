internal import RunRecords

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes named tensors as one safetensors file, which appears whole or not at all.
package enum SafetensorsWriter {
  /// Bytes that leave the engine at a time.
  private static let portion = 4 << 20

  /// Writes tensors in the order of their names.
  ///
  /// - Parameters:
  ///   - tensors: The tensors by name.
  ///   - transposed: The names of matrices that the file holds with rows and columns exchanged.
  ///   - path: The final name; the bytes go to a temporary one beside it first.
  /// - Throws: ``EngineError`` if a tensor cannot be read, `RunRecordError` if the file cannot be
  ///   written.
  package static func write(
    _ tensors: [String: Tensor], transposing transposed: Set<String> = [], to path: String
  ) throws {
    let ordered = tensors.sorted { $0.key < $1.key }
    var file = try AtomicFile(path: path)
    try file.write(header(of: ordered, transposing: transposed))
    var buffer = [UInt8](repeating: 0, count: portion)
    for (name, tensor) in ordered {
      let tensor = transposed.contains(name) ? try tensor.transposed() : tensor
      let width = tensor.elementType.byteCount
      let count = tensor.count
      var start = 0
      while start < count {
        let end = min(count, start + portion / width)
        try buffer.withUnsafeMutableBytes { bytes in try tensor.read(start..<end, into: bytes) }
        try file.write(buffer.prefix((end - start) * width))
        start = end
      }
    }
    try file.commit()
  }

  /// Eight bytes of length and the JSON table, padded with spaces so that the tensors are aligned.
  private static func header(
    of tensors: [(key: String, value: Tensor)], transposing transposed: Set<String>
  ) throws -> [UInt8] {
    struct Entry: Encodable {
      var dtype: String
      var shape: [Int]
      var data_offsets: [Int]
    }
    var table: [String: Entry] = [:]
    var offset = 0
    for (name, tensor) in tensors {
      let end = offset + tensor.count * tensor.elementType.byteCount
      table[name] = Entry(
        dtype: tensor.elementType.safetensorsFormat,
        shape: transposed.contains(name) ? tensor.shape.reversed() : tensor.shape,
        data_offsets: [offset, end])
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // transformers refuses files whose metadata does not name the framework.
    var json = try encoder.encode(table)
    json.replaceSubrange(
      0..<1, with: Data(#"{"__metadata__":{"format":"pt"}\#(table.isEmpty ? "" : ",")"#.utf8))
    json.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian, Array.init) + json
  }
}

extension ElementType {
  fileprivate var safetensorsFormat: String {
    switch self {
    case .float32: "F32"
    case .float64: "F64"
    case .bfloat16: "BF16"
    case .float16: "F16"
    case .int64: "I64"
    }
  }
}
