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
      tokenizer, whose size decides that of the vocabulary. nano has 6 layers of width 256 and \
      trains in seconds; smol135 has the shape of SmolLM2-135M, gpt2 that of the smallest GPT-2.
      """)

  @Option(help: "Shape of the model.")
  var preset: ModelPreset

  @Option(
    help: ArgumentHelp(
      "Folder with tokenizer.json; another model's directory will do.", valueName: "directory"))
  var tokenizer: String

  @Option(help: ArgumentHelp("Directory to make.", valueName: "directory"))
  var out: String

  @Option(help: ArgumentHelp("The same seed gives the same weights.", valueName: "number"))
  var seed: UInt64 = 0

  func run() throws {
    try Failure.reporting(as: .usage) { try NewFolder.check(out) }
    let vocabulary = try Tokenizer(directory: tokenizer)
    let model = try CausalLanguageModel(
      fresh: preset.configuration(vocabularySize: vocabulary.vocabularySize), seed: seed)
    let folder = try NewFolder(at: out)
    try model.write(to: folder.path, tokenizer: vocabulary, from: tokenizer)
    try folder.commit()
    StandardStream.output.writeLine(
      "\(out): \(preset.rawValue), \(NumberText.grouped(model.parameters.count)) parameters, "
        + "vocabulary \(vocabulary.vocabularySize), seed \(seed)")
  }
}

extension ModelPreset: ExpressibleByArgument {}
