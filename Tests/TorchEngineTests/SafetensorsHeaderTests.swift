#if LibTorch
  import Testing

  @testable import TorchEngine

  /// Files that are cut off or lie. Each is refused with its path and what is wrong; none is read
  /// beyond its end.
  @Suite("Damaged safetensors files")
  struct SafetensorsHeaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a file cut off after any byte is refused")
    func truncation() throws {
      #expect(try read(smallFile) == [1, -2])
      for length in 1..<smallFile.count {
        expectDamaged(Array(smallFile.prefix(length)), [])
      }
      expectDamaged(Array(smallFile.prefix(7)), ["it has 7 bytes"])
      expectDamaged(Array(smallFile.prefix(20)), ["promises a header of 54 bytes and has 12"])
      expectDamaged(Array(smallFile.dropLast()), ["tensor 'w'", "[0, 8]", "7"])
      expectDamaged(smallFile + [0], ["end at byte 70 of 71"])
    }

    @Test(
      "a header length that lies is refused",
      arguments: [0, 1, 53, 55, 62, 63, 100_000_001, UInt64(Int64.max), 1 << 63, .max])
    func length(_ length: UInt64) throws {
      var bytes = smallFile
      bytes.replaceSubrange(0..<8, with: withUnsafeBytes(of: length.littleEndian, Array.init))
      expectDamaged(bytes, [])
    }

    @Test(
      "a header that is no table of tensors is refused",
      arguments: [
        "", "{", "[]", "null", "7", #"{"w":7}"#, #"{"w":[]}"#, #"{"w":{}}"#, #"{"w":null}"#,
        #"{"w":{"dtype":"F32","shape":[2]}}"#,
        #"{"w":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}"#,
        #"{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}"#,
        #"{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}"#,
        #"{"w":{"dtype":"F32","shape":[1e300],"data_offsets":[0,8]}}"#,
        #"{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}"#,
        #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}"#,
        #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}}"#,
        String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000),
      ])
    func notATable(_ header: String) throws {
      expectDamaged(safetensors(header, [UInt8](repeating: 0, count: 8)), [])
    }

    @Test("bytes that are no UTF-8 are refused")
    func notText() throws {
      let header = "{\"w\u{FFFD}\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
      let bytes = safetensors(header, [UInt8](repeating: 0, count: 8))
      let broken = bytes.map { $0 == 0xEF ? 0xFF : $0 }
      expectDamaged(broken, [])
    }

    @Test(
      "sizes and offsets that lie are refused, and the tensor is named",
      arguments: [
        ("F32", "[2]", "[0,7]"), ("F32", "[3]", "[0,8]"), ("F32", "[]", "[0,8]"),
        ("F16", "[2]", "[0,8]"), ("F32", "[2]", "[8,0]"), ("F32", "[2]", "[-8,0]"),
        ("F32", "[2]", "[0,9]"), ("F32", "[2]", "[0]"), ("F32", "[2]", "[0,4,8]"),
        ("F32", "[2]", "[]"), ("F32", "[-2]", "[0,8]"), ("F32", "[-1,-2]", "[0,8]"),
        ("F32", "[4611686018427387904,4]", "[0,0]"), ("F32", "[9223372036854775807]", "[0,8]"),
        ("F32", "[4294967296,4294967296,0]", "[0,0]"),
        ("F32", "[2]", "[-9223372036854775808,9223372036854775807]"),
        ("F31", "[2]", "[0,8]"), ("", "[2]", "[0,8]"), ("f32", "[2]", "[0,8]"),
      ])
    func lies(_ dtype: String, _ shape: String, _ offsets: String) throws {
      let header = #"{"w":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
      expectDamaged(safetensors(header, [UInt8](repeating: 0, count: 8)), ["tensor 'w'"])
    }

    @Test("an unknown number format is named")
    func unknownFormat() throws {
      let header = #"{"w":{"dtype":"F4","shape":[2],"data_offsets":[0,8]}}"#
      expectDamaged(
        safetensors(header, [UInt8](repeating: 0, count: 8)), ["tensor 'w'", "unknown dtype 'F4'"])
    }

    @Test("tensors that overlap or leave holes are refused")
    func layout() throws {
      func file(_ first: (Int, Int), _ second: (Int, Int), bytes: Int) -> [UInt8] {
        func entry(_ span: (Int, Int)) -> String {
          #"{"dtype":"U8","shape":[\#(span.1 - span.0)],"data_offsets":[\#(span.0),\#(span.1)]}"#
        }
        return safetensors(
          #"{"a":\#(entry(first)),"b":\#(entry(second))}"#, [UInt8](repeating: 0, count: bytes))
      }
      _ = try SafetensorsFile(path: folder.file("a.safetensors", file((0, 4), (4, 8), bytes: 8)))
      _ = try SafetensorsFile(path: folder.file("a.safetensors", file((4, 8), (0, 4), bytes: 8)))
      _ = try SafetensorsFile(path: folder.file("a.safetensors", file((8, 8), (0, 8), bytes: 8)))
      expectDamaged(file((0, 4), (2, 8), bytes: 8), ["tensor 'b'", "was due"])
      expectDamaged(file((0, 8), (0, 8), bytes: 8), ["was due"])
      expectDamaged(file((0, 8), (2, 6), bytes: 8), ["tensor 'b'"])
      expectDamaged(file((0, 4), (5, 8), bytes: 8), ["tensor 'b'"])
      expectDamaged(file((1, 4), (4, 8), bytes: 8), ["tensor 'a'"])
      expectDamaged(file((0, 4), (4, 7), bytes: 8), ["end at byte"])
    }

    @Test("random damage to any byte never reads beyond the file")
    func randomDamage() throws {
      var random = SplitMix(state: 1)
      for _ in 0..<500 {
        var bytes = smallFile
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        let path = try folder.file("r.safetensors", bytes)
        do {
          let file = try SafetensorsFile(path: path)
          for name in file.names { _ = try file.tensor(name).values(as: Float.self) }
        } catch EngineError.file(let seen, _) {
          #expect(seen == path)
        }
      }
    }

    private func read(_ bytes: [UInt8]) throws -> [Float] {
      try SafetensorsFile(path: folder.file("x.safetensors", bytes)).tensor("w")
        .values(as: Float.self)
    }

    private func expectDamaged(
      _ bytes: [UInt8], _ parts: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
      expectError(
        ["\(folder.path)/x.safetensors: not a whole safetensors file", "download or convert it"]
          + parts, sourceLocation: sourceLocation
      ) { try read(bytes) }
    }
  }
#endif
