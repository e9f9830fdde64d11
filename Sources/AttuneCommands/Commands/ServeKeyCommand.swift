import ArgumentParser
import Foundation
import ModelServer

/// `attune serve key`: a key with which a program is let in.
struct ServeKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make an API key for a server, and write down what it may.",
    discussion: """
        attune serve key --name alice --keys keys.jsonl --requests-per-minute 60
        attune serve --model runs/policy --keys keys.jsonl

      The key is shown only now: the file keeps its SHA-256, from which it cannot be had. Programs send it \
      as 'Authorization: Bearer KEY'. A limit that is left out is none. To take a key away, remove its \
      line from the file. A server reads the file when it starts.
      """)

  /// The command that this one belongs to: it takes a `--keys` that both of them have.
  @ParentCommand var server: ServeCommand

  @Option(help: ArgumentHelp("Whose it is; logs and metrics show it.", valueName: "name"))
  var name: String

  @Option(
    help: ArgumentHelp(
      "The file of keys; made if it is missing (default: \(Self.usualFile)).", valueName: "file"))
  var keys: String?

  @Option(help: ArgumentHelp("Requests in a minute at most.", valueName: "requests"))
  var requestsPerMinute: Int?

  @Option(
    help: ArgumentHelp("Tokens in a minute at most, read and written.", valueName: "tokens"))
  var tokensPerMinute: Int?

  @Option(help: ArgumentHelp("Requests at once at most.", valueName: "requests"))
  var concurrent: Int?

  @Option(help: ArgumentHelp("Days for which it is good (default: for ever).", valueName: "days"))
  var days: Int?

  @Flag(
    help:
      "The key is an administrator's: it opens the port of administration, and may name the arm of a canary."
  )
  var admin = false

  func validate() throws {
    guard KeyRecord.isName(name) else {
      throw ValidationError(
        "'--name' is '\(name)', but must be 1 to \(KeyRecord.longestName) letters, digits, '.', '_' "
          + "or '-'.")
    }
    for (flag, limit) in [
      ("--requests-per-minute", requestsPerMinute), ("--tokens-per-minute", tokensPerMinute),
      ("--concurrent", concurrent),
    ] {
      if let limit, !KeyLimits.range.contains(limit) {
        throw ValidationError(
          "'\(flag)' is \(limit), but must be from \(KeyLimits.range.lowerBound) to "
            + "\(KeyLimits.range.upperBound).")
      }
    }
    if let days, !(1...36_500).contains(days) {
      throw ValidationError("'--days' is \(days), but must be from 1 to 36500.")
    }
  }

  func run() throws {
    var random = SystemRandomNumberGenerator()
    let key = APIKey(using: &random)
    try KeyFile.append(record(of: key, now: Date()), to: file)
    StandardStream.output.writeLine(key.text)
  }

  private static let usualFile = "attune-keys.jsonl"

  /// Where the key is written down.
  var file: String { keys ?? server.keys.keys ?? Self.usualFile }

  /// What is written down of a key.
  func record(of key: APIKey, now: Date) -> KeyRecord {
    var record = KeyRecord(name: name, digest: key.digest, role: admin ? .admin : .user)
    record.requestsPerMinute = requestsPerMinute
    record.tokensPerMinute = tokensPerMinute
    record.concurrentRequests = concurrent
    record.expiry = days.map { now.addingTimeInterval(Double($0) * 86_400) }
    return record
  }
}
