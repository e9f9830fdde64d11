public import ArgumentParser
public import LanguageModels
import RunRecords
import Tokenization

/// `attune model new`: an untrained model of a known shape.
struct ModelNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make an untrained model, good for trying things out.",
    discussion: """
      Writes a model directory in the Hugging Face layout with random weights and the given \
      tokenizer, whose size decides that of the vocabulary. pico has 4 layers of width 128, nano 6 \
      of width 256, and both train in seconds; smol135 has the shape of SmolLM2-135M, gpt2 that of \
      the smallest GPT-2.

      Sizes may be given beside a preset, to change it, or instead of one: then --width, --layers \
      and --heads are needed.
      """)

  @Option(help: "Shape of the model.")
  var preset: ModelPreset?

  @OptionGroup(title: "Sizes")
  var sizes: ModelSizeFlags

  @Option(
    help: ArgumentHelp(
      "Folder with tokenizer.json; another model's directory will do.", valueName: "directory"))
  var tokenizer: String

  @Option(help: ArgumentHelp("Directory to make.", valueName: "directory"))
  var out: String

  @Option(help: ArgumentHelp("The same seed gives the same weights.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws { _ = try sizes.shape(of: preset) }

  func run() throws {
    try Failure.reporting(as: .usage) { try NewFolder.check(out) }
    let vocabulary = try Tokenizer(directory: tokenizer)
    let shape = try sizes.shape(of: preset)
    let configuration = try shape.configuration(vocabularySize: vocabulary.vocabularySize)
    try check(memory: 4 * configuration.parameterCount)
    let model = try CausalLanguageModel(fresh: configuration, seed: seed)
    let folder = try NewFolder(at: out)
    try model.write(to: folder.path, tokenizer: vocabulary, from: tokenizer)
    try folder.commit()
    StandardStream.output.writeLine(
      "\(out): \(name(of: shape)), \(NumberText.grouped(model.parameters.count)) parameters, "
        + "vocabulary \(vocabulary.vocabularySize), seed \(seed)")
  }

  private func name(of shape: ModelShape) -> String {
    if let preset, preset.shape == shape { return preset.rawValue }
    return "\(shape.family.rawValue) with \(shape.layers) layers of width \(shape.width)"
  }

  private func check(memory needed: Int) throws(Failure) {
    let available = Machine().availableMemory
    guard needed > available else { return }
    throw Failure(
      .failure,
      "the weights take \(NumberText.bytes(needed)), but \(NumberText.bytes(available)) of memory "
        + "are available; choose smaller sizes, or a machine with more memory")
  }
}

extension ModelPreset: ExpressibleByArgument {}
