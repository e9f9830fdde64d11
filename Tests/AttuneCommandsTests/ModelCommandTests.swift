import Foundation
import LanguageModels
import Testing
import TorchEngine

@testable import AttuneCommands

@Suite("attune model", .enabled(if: Engine.version != nil))
struct ModelCommandTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func makeNano(
    _ name: String, tokenizer: String = RepositoryFile.tokenizer, seed: Int = 0
  ) throws -> Invocation {
    try Invocation(
      "model", "new", "--preset", "nano", "--tokenizer", tokenizer, "--out", name,
      "--seed", "\(seed)", in: folder)
  }

  private func object(_ path: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(try folder.text(path).utf8))
    return try #require(value as? [String: Any])
  }

  @Test("new writes a whole model directory that names its special tokens")
  func new() throws {
    let run = try makeNano("models/nano")
    #expect(run.status == 0)
    // 2048 · 256 embedding; six layers of 4 projections, 3 feed-forward matrices and 2 norms; 256.
    #expect(
      run.output == "models/nano: nano, 5,246,208 parameters, vocabulary 2048, seed 0\n")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.url.appending(path: "models/nano").path)
    #expect(
      names.sorted() == [
        "config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
        "tokenizer_config.json",
      ])
    for file in ["config.json", "generation_config.json"] {
      let fields = try object("models/nano/\(file)")
      #expect(fields["bos_token_id"] as? Int == 0)
      #expect(fields["eos_token_id"] as? Int == 0)
      #expect(fields["pad_token_id"] as? Int == 1)
    }
    #expect(try object("models/nano/config.json")["vocab_size"] as? Int == 2048)
    let preset = ModelPreset.nano.configuration(vocabularySize: 2048)
    let path = folder.url.appending(path: "models/nano").path
    #expect(try TransformerConfiguration(directory: path) == preset)
  }

  @Test("the same seed gives the same bytes, another one others")
  func seeds() throws {
    func weights(_ name: String, seed: Int) throws -> Data {
      _ = try makeNano(name, seed: seed)
      return try Data(contentsOf: folder.url.appending(path: "\(name)/model.safetensors"))
    }
    let first = try weights("a", seed: 7)
    #expect(try weights("b", seed: 7) == first)
    #expect(try weights("c", seed: 8) != first)
  }

  @Test("another model's directory gives its tokenizer and nothing of its shape")
  func tokenizerOfAModel() throws {
    let source = RepositoryFile.recorded.appending(path: "model").path
    #expect(try makeNano("nano", tokenizer: source).status == 0)
    let fields = try object("nano/config.json")
    #expect(fields["hidden_size"] as? Int == 256)
    #expect(fields["vocab_size"] as? Int == 512)
  }

  @Test("new leaves what is there alone, and nothing behind when it fails")
  func newErrors() throws {
    _ = try makeNano("nano")
    let again = try makeNano("nano")
    #expect(again.status == 64)
    #expect(
      again.error
        == "attune: error: nano: the directory is not empty; choose another --out\n")
    let noTokenizer = try makeNano("other", tokenizer: "none")
    #expect(noTokenizer.status == 65)
    #expect(noTokenizer.error.contains("none/tokenizer.json: there is no such file"))
    #expect(try folder.names() == ["nano"])
    let unknown = try Invocation(
      "model", "new", "--preset", "big", "--tokenizer", "t", "--out", "o")
    #expect(unknown.status == 64)
    #expect(unknown.error.contains("Please provide one of 'pico', 'nano', 'smol135' or 'gpt2'."))
  }

  private func make(_ arguments: String...) throws -> Invocation {
    try Invocation(
      ["model", "new", "--tokenizer", RepositoryFile.tokenizer, "--out", "m"] + arguments,
      in: folder)
  }

  private func written() throws -> TransformerConfiguration {
    try TransformerConfiguration(directory: folder.url.appending(path: "m").path)
  }

  @Test("pico has little over a million parameters")
  func pico() throws {
    // 2048 · 128 embedding; four layers of 4 projections, 3 feed-forward matrices, 2 norms; 128.
    let parameters = 2048 * 128 + 4 * (4 * 128 * 128 + 3 * 128 * 512 + 2 * 128) + 128
    #expect(parameters == 1_311_872)
    let run = try make("--preset", "pico")
    #expect(run.output == "m: pico, 1,311,872 parameters, vocabulary 2048, seed 0\n")
    #expect(try written() == ModelPreset.pico.configuration(vocabularySize: 2048))
  }

  @Test("a shape of its own, with what follows from it")
  func ownShape() throws {
    // 8/3 of 48 is 128, and two matrices of the vocabulary, as the head is not tied.
    let parameters = 2 * 2048 * 48 + 2 * (4 * 48 * 48 + 3 * 48 * 128 + 2 * 48) + 48
    let run = try make("--width", "48", "--layers", "2", "--heads", "6", "--tie-head", "false")
    #expect(
      run.output == "m: llama with 2 layers of width 48, \(NumberText.grouped(parameters)) "
        + "parameters, vocabulary 2048, seed 0\n")
    let shape = try written()
    #expect(shape.family == .llama)
    #expect((shape.keyValueHeads, shape.headWidth, shape.feedForwardWidth) == (6, 8, 128))
    #expect((shape.positionLimit, shape.tiesHead) == (2048, false))
  }

  @Test("a GPT-2 of its own shape")
  func ownGPT2() throws {
    let run = try make(
      "--family", "gpt2", "--width", "60", "--layers", "3", "--heads", "4", "--position-limit",
      "77")
    #expect(run.status == 0)
    let shape = try written()
    #expect(shape.family == .gpt2)
    #expect((shape.width, shape.layers, shape.feedForwardWidth) == (60, 3, 240))
    #expect((shape.heads, shape.keyValueHeads, shape.headWidth) == (4, 4, 15))
    #expect((shape.positionLimit, shape.tiesHead) == (77, true))
  }

  @Test("sizes beside a preset change it")
  func changedPreset() throws {
    let run = try make(
      "--preset", "nano", "--layers", "1", "--key-value-heads", "2", "--feed-forward-width", "100")
    #expect(run.output.hasPrefix("m: llama with 1 layers of width 256, "))
    let shape = try written()
    #expect((shape.width, shape.layers, shape.heads, shape.keyValueHeads) == (256, 1, 8, 2))
    #expect(shape.feedForwardWidth == 100)
  }

  @Test(
    "sizes that no model can have are named by their flags",
    arguments: [
      (
        "--width 100 --layers 1 --heads 3",
        "--width 100 is no multiple of --heads 3; choose a width of 96, or other heads."
      ),
      (
        "--width 20 --layers 1 --heads 4",
        "--width 20 over --heads 4 gives heads of the odd width 5, but rotary positions need an "
          + "even one; choose a width of 24, or other heads."
      ),
      (
        "--width 96 --layers 1 --heads 6 --key-value-heads 4",
        "--heads 6 is no multiple of --key-value-heads 4, so that they cannot be shared evenly; "
          + "choose one of 1, 2, 3, 6 for the latter."
      ),
      (
        "--preset gpt2 --key-value-heads 4",
        "--key-value-heads is 4, but GPT-2 has as many as --heads, 12; leave it out, or choose "
          + "another family."
      ),
      ("--preset pico --layers 0", "--layers is 0, but must be from 1 to 4096."),
      ("--preset pico --width 1048577", "--width is 1048577, but must be from 1 to 1048576."),
      (
        "--preset pico --position-limit 0",
        "--position-limit is 0, but must be from 1 to 1048576."
      ),
      (
        "--width 64",
        "Give --preset, or --width, --layers and --heads; missing here: --layers, --heads."
      ),
    ])
  func impossibleShapes(arguments: String, message: String) throws {
    let run = try Invocation(
      ["model", "new", "--tokenizer", RepositoryFile.tokenizer, "--out", "m"]
        + arguments.split(separator: " ").map(String.init), in: folder)
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("attune: error: \(message)\n"), "\(run.error)")
    #expect(try folder.names() == [])
  }

  @Test("a model that memory cannot hold is not begun")
  func tooLarge() throws {
    let run = try make("--width", "1048576", "--layers", "4096", "--heads", "8192")
    #expect(run.status == 1)
    #expect(run.error.hasPrefix("attune: error: the weights take "))
    #expect(run.error.contains("of memory are available; choose smaller sizes"))
    #expect(try folder.names() == [])
  }

  @Test("inspect says what a checkpoint is")
  func inspect() throws {
    _ = try makeNano("nano")
    let run = try Invocation("model", "inspect", "nano", in: folder)
    #expect(run.status == 0)
    for line in [
      "architecture  LlamaForCausalLM", "layers        6 of width 256, feed-forward 768",
      "attention     8 heads of width 32, 4 key–value heads",
      "blocks        SwiGLU, root mean square normalization",
      "positions     2048, rotary base 10000",
      "vocabulary    2048, head tied to the embedding", "parameters    5,246,208",
      "stored as     F32 (56 tensors)",
      // 16 bytes for each of 5,246,208 weights.
      "to train      83.9 MB and the activations "
        + "(weights, gradients and Adam's moments in float32)",
      "complete      yes: every tensor is there, in the right shape",
      "ends with     <|endoftext|> (0)", "padding       <|pad|> (1)",
      "embedding         524,288  10.0 %", "feed-forward    3,538,944  67.5 %",
    ] { #expect(run.output.contains("\(line)\n"), "\(line)") }

    let report = try Invocation("model", "inspect", "nano", "--json", in: folder).report()
    #expect(report["parameters"] as? Int == 5_246_208)
    #expect(report["complete"] as? Bool == true)
    #expect((report["parts"] as? [String: Int])?.values.reduce(0, +) == 5_246_208)
    #expect((report["tokenizer"] as? [String: Int])?["eos_token_id"] == 0)
    #expect(report["tensors"] == nil)

    let tensors = try Invocation("model", "inspect", "nano", "--tensors", in: folder).output
    #expect(tensors.contains("model.layers.5.mlp.down_proj.weight"))
    #expect(tensors.contains("[256, 768]"))
  }

  @Test("inspect of a published GPT-2 counts its masks as no weights")
  func gpt2() throws {
    let model = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../LanguageModelsTests/Fixtures/gpt2_published").standardized.path
    let run = try Invocation("model", "inspect", model, "--tensors", in: folder)
    for line in [
      "architecture  GPT2LMHeadModel", "layers        2 of width 24, feed-forward 96",
      "attention     3 heads of width 8, 3 key–value heads",
      "blocks        GELU by its tanh, layer normalization", "positions     64, learned",
      // (160 + 64) · 24; two layers of 12 · 24² and 13 · 24; two norms of 24.
      "vocabulary    160, head tied to the embedding", "parameters    19,872",
      "complete      yes: every tensor is there, in the right shape",
      "embedding           5,376  27.1 %",
    ] { #expect(run.output.contains("\(line)\n"), "\(line)") }
    #expect(run.output.contains("h.0.attn.bias"))
    // The checkpoint has no tokenizer.
    #expect(run.status == 65)
    let report = try Invocation("model", "inspect", model, "--json", in: folder)
    #expect(report.output.contains(#""positions": "learned""#))
    #expect(report.output.contains(#""parameters": 19872"#))
  }

  @Test("inspect says what is missing")
  func incomplete() throws {
    _ = try makeNano("nano")
    let path = "nano/config.json"
    let text = try folder.text(path)
    try folder.write(
      text.replacing("\"num_hidden_layers\": 6", with: "\"num_hidden_layers\": 7"), to: path)
    try FileManager.default.removeItem(at: folder.url.appending(path: "nano/tokenizer.json"))
    let run = try Invocation("model", "inspect", "nano", in: folder)
    #expect(run.status == 65)
    #expect(run.output.contains("complete      no\n"))
    #expect(run.output.contains("tokenizer     none that can be used\n"))
    #expect(
      run.error.contains(
        "nano: the weights do not fit config.json: "
          + "tensor 'model.layers.6.input_layernorm.weight' of shape [256] is missing"))
    #expect(run.error.contains("\nnano/tokenizer.json: there is no such file"))
  }

  @Test("inspect of no model, of a cut-off one, and of pickled weights")
  func inspectErrors() throws {
    let none = try Invocation("model", "inspect", "none", in: folder)
    #expect(none.status == 65)
    #expect(
      none.error
        == "attune: error: none/config.json: cannot be read; "
        + "name a model directory in the Hugging Face layout\n")
    _ = try makeNano("nano")
    let weights = folder.url.appending(path: "nano/model.safetensors")
    try Data(contentsOf: weights).prefix(1000).write(to: weights)
    let cut = try Invocation("model", "inspect", "nano", in: folder)
    #expect(cut.status == 65)
    #expect(cut.error.contains("nano/model.safetensors: not a whole safetensors file:"))
    try FileManager.default.moveItem(
      at: weights, to: folder.url.appending(path: "nano/pytorch_model.bin"))
    let pickled = try Invocation("model", "inspect", "nano", in: folder)
    #expect(pickled.status == 65)
    #expect(pickled.error.contains("nano/pytorch_model.bin: pickled weights can run code"))
  }

  @Test("weights that do not fit into memory are not loaded, and it says so")
  func unchecked() throws {
    let model = RepositoryFile.recorded.appending(path: "model").path
    let small = Machine(processor: "p", cores: 1, memory: 1000, availableMemory: 1000)
    let inspection = try ModelInspection(directory: model, on: small)
    #expect(inspection.problems.isEmpty)
    #expect(
      inspection.rendered(tensors: false).contains("not checked: loading takes "))
  }
}
