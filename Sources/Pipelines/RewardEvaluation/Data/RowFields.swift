internal import CZlib
internal import PreferenceData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What the rows of a JSON Lines file say besides what makes them records: their kind, their gold
/// scores.
///
/// Other containers, and pipes, which can be read once alone, give none.
struct RowFields {
  /// The fields that are kept, by line, counted from 1.
  private(set) var lines: [Int: JSONObject] = [:]

  /// No fields.
  init() {}

  /// Reads a file whose records have been read before, and so are well-formed.
  ///
  /// - Parameters:
  ///   - path: The file, perhaps compressed.
  ///   - names: The fields to keep.
  init(path: String, names: Set<String>) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = gzopen(path, "rb")
    else { return }
    defer { gzclose(file) }
    gzbuffer(file, 1 << 17)
    var line: [UInt8] = []
    var number = 1
    var buffer = [UInt8](repeating: 0, count: 1 << 17)
    while case let count = gzread(file, &buffer, UInt32(buffer.count)), count > 0 {
      var rest = buffer[..<Int(count)]
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        line += rest[..<end]
        add(line, number: number, names)
        line.removeAll(keepingCapacity: true)
        number += 1
        rest = rest[(end + 1)...]
      }
      line += rest
    }
    add(line, number: number, names)
  }

  private mutating func add(_ line: [UInt8], number: Int, _ names: Set<String>) {
    guard case .object(let row)? = JSONValue(parsing: line) else { return }
    var kept: JSONObject = [:]
    for member in row.members where names.contains(member.name) && member.value != .null {
      kept.set(member.name, to: member.value)
    }
    if !kept.members.isEmpty { lines[number] = kept }
  }
}

extension JSONObject {
  /// A finite number, or one of the objects that `attune sandbox judge` writes.
  func number(_ name: String) -> Double? {
    guard case .number(let value)? = self[name], value.isFinite else { return nil }
    return value
  }

  /// A text; a number or a Boolean as text.
  func label(_ name: String) -> String? {
    switch self[name] {
    case .string(let text)?: text
    case .number(let number)?: Int(exactly: number).map(String.init) ?? "\(number)"
    case .boolean(let value)?: "\(value)"
    case .array?, .object?, .null?, nil: nil
    }
  }

  /// A list of finite numbers.
  func numbers(_ name: String) -> [Double]? {
    guard case .array(let values)? = self[name] else { return nil }
    let numbers = values.compactMap { value -> Double? in
      guard case .number(let number) = value, number.isFinite else { return nil }
      return number
    }
    return numbers.count == values.count ? numbers : nil
  }
}
