import ArgumentParser
import Foundation
import LanguageModels
import PreferenceData
import Sampling
import Tokenization

/// `attune chat`: a conversation with a model.
struct ChatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Talk to a model.",
    discussion: """
      Each line of standard input is answered on standard output. The model sees the conversation as a \
      dialogue of 'Human:' and 'Assistant:', as the HH data and the sandbox world write it, and is stopped \
      where it would go on to speak for the human. When it has grown longer than the positions of the \
      model, the oldest exchanges are left out.

      /reset begins a new conversation; /quit, the end of input or Ctrl-C leaves.
      """)

  @Option(help: ArgumentHelp("Model directory.", valueName: "directory"))
  var model: String

  @OptionGroup(title: "Sampling") var sampling: SamplingFlags

  func run() throws {
    var parameters = sampling.parameters
    parameters.stopTexts.append(DialogueMarks.human)
    let source = try SamplingSource(model: model, batchSize: 1, parameters)
    let limit = try TransformerConfiguration(directory: model).positionLimit
    let room = limit - parameters.maxNewTokens
    let stream = AnswerStream(
      sampler: try source.sampler(), tokenizer: source.tokenizer, stops: parameters.stopTexts)
    var dialogue = Dialogue()
    while let line = nextLine() {
      switch line {
      case "": continue
      case "/quit": return
      case "/reset": dialogue = Dialogue()
      default:
        dialogue.ask(line)
        let left = dialogue.shorten { source.tokenizer.encode($0).count <= room }
        guard source.tokenizer.encode(dialogue.prompt).count <= room else {
          throw Failure(
            .usage,
            "the message and --max-new-tokens \(parameters.maxNewTokens) are more than the model's "
              + "\(limit) positions; say less, or lower --max-new-tokens")
        }
        if left > 0 {
          StandardStream.error.writeLine("attune: the oldest \(left) exchanges are left out")
        }
        let view = SamplingView(completions: 1, unwritten: nil)
        dialogue.answer(try stream.answer(dialogue.prompt) { try view.count($0) }.text)
      }
    }
  }

  private func nextLine() -> String? {
    if isatty(STDIN_FILENO) == 1 { StandardStream.error.write("> ") }
    return readLine()
  }
}
