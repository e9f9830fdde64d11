#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The table of contents of a safetensors file, checked against the format's rules: eight bytes of
/// length, that many bytes of JSON, then the tensors' bytes without gap or overlap.
struct SafetensorsHeader: Equatable {
  struct Entry: Equatable {
    /// The file's name of the number format, for instance "BF16".
    var format: String
    var shape: [Int]
    /// Where the bytes lie in the file.
    var bytes: Range<Int>

    /// The element type, or `nil` for one that weights do not have.
    var elementType: ElementType? { Self.formats[format]?.element }

    static let formats: [String: (element: ElementType?, bytes: Int)] = [
      "F32": (.float32, 4), "BF16": (.bfloat16, 2), "F16": (.float16, 2), "F64": (.float64, 8),
      "I64": (.int64, 8), "I32": (nil, 4), "I16": (nil, 2), "I8": (nil, 1), "U64": (nil, 8),
      "U32": (nil, 4), "U16": (nil, 2), "U8": (nil, 1), "BOOL": (nil, 1), "F8_E4M3": (nil, 1),
      "F8_E5M2": (nil, 1),
    ]
  }

  var entries: [String: Entry]

  /// The format's own bound: a longer header is an attack or an accident.
  private static let longest = 100_000_000

  /// Reads and checks the header.
  ///
  /// - Parameters:
  ///   - file: The whole file.
  ///   - path: What errors call it.
  /// - Throws: ``EngineError`` that says which rule is broken, and by which tensor.
  init(of file: UnsafeRawBufferPointer, path: String) throws(EngineError) {
    func damaged(_ problem: String) -> EngineError {
      .file(
        path: path,
        problem: "not a whole safetensors file: \(problem); download or convert it again")
    }
    guard file.count >= 8 else { throw damaged("it has \(file.count) bytes, and a header needs 8") }
    let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(Self.longest), length <= UInt64(file.count - 8) else {
      throw damaged(
        "it promises a header of \(length) bytes and has \(file.count - 8) after the length")
    }
    let start = 8 + Int(length)
    let json = Data(file[8..<start])
    let table: [String: RawEntry]
    do {
      table = try JSONDecoder().decode([String: RawEntry].self, from: json)
    } catch {
      throw damaged("its header is not a JSON object of tensors")
    }
    entries = [:]
    for (name, raw) in table where name != "__metadata__" {
      guard let format = raw.dtype, let shape = raw.shape, let offsets = raw.data_offsets else {
        throw damaged("tensor '\(name)' lacks dtype, shape or data_offsets")
      }
      guard let element = Entry.formats[format] else {
        throw damaged("tensor '\(name)' has the unknown dtype '\(format)'")
      }
      guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1],
        offsets[1] <= file.count - start
      else {
        throw damaged(
          "tensor '\(name)' claims bytes \(offsets) of the \(file.count - start) that follow")
      }
      guard let size = byteCount(of: shape, each: element.bytes) else {
        throw damaged("tensor '\(name)' has the impossible shape \(shape)")
      }
      guard size == offsets[1] - offsets[0] else {
        throw damaged(
          "tensor '\(name)' of shape \(shape) in \(format) needs \(size) bytes "
            + "and claims \(offsets[1] - offsets[0])")
      }
      entries[name] = Entry(
        format: format, shape: shape, bytes: start + offsets[0]..<start + offsets[1])
    }
    var end = start
    for (name, entry) in entries.sorted(by: {
      ($0.value.bytes.lowerBound, $0.value.bytes.upperBound)
        < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
    }) {
      guard entry.bytes.lowerBound == end else {
        throw damaged(
          "tensor '\(name)' starts at byte \(entry.bytes.lowerBound), where \(end) was due")
      }
      end = entry.bytes.upperBound
    }
    guard end == file.count else {
      throw damaged("its tensors end at byte \(end) of \(file.count)")
    }
  }
}

/// One value of the header; `__metadata__` is an object of strings and has none of these fields.
private struct RawEntry: Decodable {
  var dtype: String?
  var shape: [Int]?
  var data_offsets: [Int]?
}

/// The bytes of a tensor, or `nil` if a size is negative or the product overflows.
private func byteCount(of shape: [Int], each: Int) -> Int? {
  var count = each
  for size in shape {
    guard size >= 0 else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow else { return nil }
    count = product
  }
  return count
}
