import Foundation

/// A program that answers as an overseer does, a JSON object a line, in what every shell has; it notes each question
/// in a file, so that tests can count them.
struct ScriptedOverseer {
  /// The command that starts it.
  let command: String
  private let folder: TestFolder

  /// Writes the program.
  ///
  /// - Parameters:
  ///   - folder: Where it lies and where it notes what it was asked.
  ///   - answer: What it answers a prompt.
  ///   - critique: What it writes as a critique.
  ///   - revision: What it writes as a revision.
  ///   - options: The log probabilities of two options, of three with a further one.
  /// - Throws: What the file system says.
  init(
    in folder: TestFolder, answer: String = " I can help.", critique: String = " It is harmful.",
    revision: String = " I will not help, because it hurts.", options: String = "-0.2, -1.7"
  ) throws {
    self.folder = folder
    command = "sh overseer.sh"
    // The ends of the prompts tell what is asked for; a backslash is one of JSON.
    try folder.write(
      #"""
      while IFS= read -r line; do
        printf '%s\n' "$line" >> asked.jsonl
        case "$line" in
          *'"options"'*'(C)'*) printf '{"log_probabilities": [\#(options), -9]}\n' ;;
          *'"options"'*) printf '{"log_probabilities": [\#(options)]}\n' ;;
          *'\n\nCritique:"'*) printf '{"completion": "\#(critique)"}\n' ;;
          *'\n\nRevision:"'*) printf '{"completion": "\#(revision)"}\n' ;;
          *) printf '{"completion": "\#(answer)"}\n' ;;
        esac
      done
      """#, to: "overseer.sh")
  }

  /// How many questions it was asked.
  var questions: Int {
    (try? folder.text("asked.jsonl").split(separator: "\n").count) ?? 0
  }
}
