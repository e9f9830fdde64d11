#if LibTorch
  import Foundation
  import Testing

  @testable import TorchEngine

  @Suite("Safetensors files")
  struct SafetensorsFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("numbers of each format, by their published bit patterns")
    func formats() throws {
      // 1, −2.5, the smallest positive number of float16, and infinity, little end first.
      let header = #"""
        {"__metadata__":{"format":"pt"},
         "half":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},
         "brain":{"dtype":"BF16","shape":[2,2],"data_offsets":[8,16]},
         "single":{"dtype":"F32","shape":[],"data_offsets":[16,20]},
         "double":{"dtype":"F64","shape":[1,1,1],"data_offsets":[20,28]}}
        """#
      let data: [UInt8] = [
        0x00, 0x3C, 0x00, 0xC1, 0x01, 0x00, 0x00, 0x7C,  //
        0x80, 0x3F, 0x20, 0xC0, 0x80, 0x33, 0x80, 0x7F,  //
        0x00, 0x00, 0x20, 0xC0,  //
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0xC0,
      ]
      let file = try SafetensorsFile(path: folder.file("a.safetensors", safetensors(header, data)))
      #expect(file.names == ["brain", "double", "half", "single"])
      let expected: [Float] = [1, -2.5, 0x1p-24, .infinity]
      #expect(try file.tensor("half").values(as: Float.self) == expected)
      #expect(try file.tensor("brain").values(as: Float.self) == expected)
      #expect(try file.tensor("single").values(as: Float.self) == [-2.5])
      #expect(try file.tensor("double").values(as: Float.self) == [-2.5])
      #expect(try file.tensor("half").elementType == .float32)
      #expect(try file.tensor("half", as: .float16).elementType == .float16)
      #expect(file.shape(of: "brain") == [2, 2])
      #expect(file.shape(of: "single") == [])
      #expect(file.shape(of: "double") == [1, 1, 1])
      #expect(file.format(of: "brain") == "BF16")
      #expect(file.shape(of: "other") == nil)
    }

    @Test("tensors outlive their file, and start at any byte")
    func lifetimeAndAlignment() throws {
      for padding in 0..<8 {
        let header =
          #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
          + String(repeating: " ", count: padding)
        let path = try folder.file("a.safetensors", safetensors(header, Array(smallFile.suffix(8))))
        let tensor = try SafetensorsFile(path: path).tensor("w")
        try FileManager.default.removeItem(atPath: path)
        #expect(try tensor.values(as: Float.self) == [1, -2])
      }
    }

    @Test(
      "what is written reads back bit for bit, in every format", arguments: ElementType.allCases)
    func roundTrip(_ element: ElementType) throws {
      let numbers = try Tensor.normal(deviation: 3, seed: 7, shape: [31, 17]).converted(to: element)
      let special = try Tensor([0, -0.0, 1, -7, .infinity]).converted(to: element)
      let tensors = [
        "a.weight": numbers, "b/ü": try numbers.reshaped([17, 31]),
        "empty": try Tensor(
          repeating: 0, shape: [0, 4], as: element),
        "number": try Tensor(
          repeating: 5, shape: [], as: element),
      ].merging(element == .int64 ? [:] : ["special": special]) { first, _ in first }
      let path = "\(folder.path)/out.safetensors"
      try SafetensorsWriter.write(tensors, to: path)
      #expect(try folder.names() == ["out.safetensors"])
      let file = try SafetensorsFile(path: path)
      #expect(file.names == tensors.keys.sorted())
      for (name, tensor) in tensors {
        #expect(file.shape(of: name) == tensor.shape)
        if element == .int64 {
          expectError(["tensor '\(name)'", "I64", "BF16"]) { try file.tensor(name) }
        } else {
          let back = try file.tensor(name, as: element)
          #expect(try bits(back) == bits(tensor))
        }
      }
    }

    @Test("a tensor larger than the writer's portion is written whole")
    func largeTensor() throws {
      let large = try Tensor.normal(deviation: 1, seed: 1, shape: [3, 700_001])
      let path = "\(folder.path)/large.safetensors"
      try SafetensorsWriter.write(["small": large.sum(), "large": large], to: path)
      let back = try SafetensorsFile(path: path).tensor("large")
      #expect(try back.values(as: Float.self) == large.values(as: Float.self))
    }

    @Test("the header is aligned to eight bytes and names the framework, as transformers wants")
    func header() throws {
      let path = "\(folder.path)/h.safetensors"
      for count in 0..<4 {
        let names = (0..<count).map { String(repeating: "n", count: $0 + 1) }
        let tensors = try names.map { ($0, try Tensor(repeating: 1, shape: [1])) }
        try SafetensorsWriter.write(Dictionary(uniqueKeysWithValues: tensors), to: path)
        let bytes = try Data(contentsOf: URL(filePath: path))
        let length = Int(bytes[0]) + Int(bytes[1]) << 8
        #expect(length % 8 == 0)
        #expect(bytes.count == 8 + length + 4 * count)
        let table = try #require(
          try JSONSerialization.jsonObject(with: bytes[8..<8 + length]) as? [String: [String: Any]])
        #expect(table["__metadata__"] as? [String: String] == ["format": "pt"])
        #expect(table.count == count + 1)
        #expect(try SafetensorsFile(path: path).names == names)
      }
    }

    @Test("files of Python's safetensors are read")
    func python() throws {
      let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../LanguageModelsTests/Fixtures").standardized.path
      for (name, format) in [
        ("llama", "F32"), ("llama_bfloat16", "BF16"), ("llama_float16", "F16"),
      ] {
        let file = try SafetensorsFile(path: "\(fixtures)/\(name)/model.safetensors")
        let embedding = "model.embed_tokens.weight"
        #expect(file.format(of: embedding) == format)
        #expect(file.shape(of: embedding) == [160, 32])
        // Drawn from N(0, 0.2): the deviation of 5120 such numbers is known to 0.2 / √10240.
        let values = try file.tensor(embedding).values(as: Double.self)
        let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        #expect(abs(variance.squareRoot() - 0.2) < 0.01)
      }
    }

    @Test("what is no file is refused")
    func notAFile() throws {
      expectError(["none.safetensors", "cannot be read", "No such file"]) {
        try SafetensorsFile(path: "\(folder.path)/none.safetensors")
      }
      expectError([folder.path, "is not a regular file"]) { try SafetensorsFile(path: folder.path) }
      expectError(["empty.safetensors", "is empty"]) {
        try SafetensorsFile(path: folder.file("empty.safetensors", []))
      }
      let pipe = "\(folder.path)/pipe.safetensors"
      try #require(mkfifo(pipe, 0o600) == 0)
      expectError(["pipe.safetensors", "is not a regular file"]) { try SafetensorsFile(path: pipe) }
    }

    @Test("a tensor that is not there is refused by name")
    func missingTensor() throws {
      let file = try SafetensorsFile(path: folder.file("a.safetensors", smallFile))
      expectError(["a.safetensors", "has no tensor 'v'"]) { try file.tensor("v") }
    }

    /// The numbers as bits, so that −0 and rounding count.
    private func bits(_ tensor: Tensor) throws -> [UInt64] {
      try tensor.values(as: Double.self).map(\.bitPattern)
    }
  }
#endif
