#if LibTorch
  import Foundation
  import Testing

  @testable import TorchEngine

  @Suite("Checkpoints in a directory")
  struct SafetensorsCheckpointTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("one file")
    func single() throws {
      try folder.file("model.safetensors", smallFile)
      // An index beside the single file is not asked, as in transformers.
      try index(#"{"weight_map":{"other":"missing.safetensors"}}"#)
      let checkpoint = try open()
      #expect(checkpoint.names == ["w"])
      #expect(checkpoint.shape(of: "w") == [2])
      #expect(checkpoint.format(of: "w") == "F32")
      #expect(try checkpoint.tensor("w").values(as: Float.self) == [1, -2])
      expectError([folder.path, "no tensor 'v'"]) { try checkpoint.tensor("v") }
    }

    @Test("shards with an index; a tensor that the index leaves out is not part of the model")
    func shards() throws {
      try SafetensorsWriter.write(
        ["a": Tensor([1] as [Float]), "stray": Tensor([9] as [Float])],
        to: "\(folder.path)/model-00001-of-00002.safetensors")
      try SafetensorsWriter.write(
        ["b": Tensor([2] as [Float])], to: "\(folder.path)/model-00002-of-00002.safetensors")
      try index(
        #"""
        {"metadata":{"total_size":8},"weight_map":{
          "a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}
        """#)
      let checkpoint = try open()
      #expect(checkpoint.names == ["a", "b"])
      #expect(try checkpoint.tensor("b").values(as: Float.self) == [2])
    }

    @Test("a shard that is missing is named")
    func missingShard() throws {
      try folder.file("one.safetensors", smallFile)
      try index(#"{"weight_map":{"w":"one.safetensors","v":"two.safetensors"}}"#)
      expectError(["two.safetensors: cannot be read", "No such file"]) { try open() }
    }

    @Test("an index that promises what a shard does not have is refused")
    func brokenPromise() throws {
      try folder.file("one.safetensors", smallFile)
      try index(#"{"weight_map":{"w":"one.safetensors","v":"one.safetensors"}}"#)
      expectError(["index.json: promises tensor 'v' in one.safetensors"]) { try open() }
    }

    @Test(
      "an index that leads out of the directory is refused",
      arguments: [
        "../x/model.safetensors", "/etc/passwd", "/tmp/model.safetensors", "..", "", "pickle.bin",
      ])
    func traversal(_ name: String) throws {
      try index(#"{"weight_map":{"w":"\#(name)"}}"#)
      expectError(["index.json: names '\(name)'", "no safetensors file beside it"]) { try open() }
    }

    @Test(
      "an index that is no index is refused",
      arguments: [
        "", "[]", "{}", #"{"weight_map":[]}"#, #"{"weight_map":{"w":1}}"#, "{\"weight_map\"",
      ])
    func notAnIndex(_ text: String) throws {
      try index(text)
      expectError(["index.json: is not a JSON object with a weight_map"]) { try open() }
    }

    @Test("a damaged shard is refused by its own path")
    func damagedShard() throws {
      try folder.file("one.safetensors", smallFile.dropLast(3))
      try index(#"{"weight_map":{"w":"one.safetensors"}}"#)
      expectError(["one.safetensors: not a whole safetensors file", "tensor 'w'"]) { try open() }
    }

    @Test(
      "pickled weights are refused with the remedy",
      arguments: ["pytorch_model.bin", "model.pt", "consolidated.00.pth", "last.ckpt"])
    func pickled(_ name: String) throws {
      try folder.file(name, [0x80, 0x02])
      expectError(["/\(name): pickled weights", "save_pretrained"]) { try open() }
    }

    @Test("a directory without weights is refused")
    func empty() throws {
      expectError([folder.path, "has no model.safetensors", "name a model directory"]) {
        try open()
      }
      let nowhere = "\(folder.path)/nowhere"
      expectError([nowhere, "has no model.safetensors"]) {
        try SafetensorsCheckpoint(directory: nowhere)
      }
    }

    private func open() throws -> SafetensorsCheckpoint {
      try SafetensorsCheckpoint(directory: folder.path)
    }

    private func index(_ text: String) throws {
      try folder.file("model.safetensors.index.json", text.utf8)
    }
  }
#endif
