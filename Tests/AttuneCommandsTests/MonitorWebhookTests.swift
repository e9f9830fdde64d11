import Foundation
import PreferenceData
import Testing

@Suite("attune monitor watch --webhook")
struct MonitorWebhookTests {
  private let folder: TestFolder

  /// A baseline of short answers, and a log of three windows: long, short and long ones.
  init() throws {
    folder = try TestFolder()
    try folder.write(Self.lines(words: 10, from: 0), to: "before.jsonl")
    let windows = [(20, 60), (10, 120), (20, 180)].map { Self.lines(words: $0, from: $1) }
    try folder.write(windows.joined(), to: "live.jsonl")
  }

  private static func lines(words: Int, from start: Int) -> String {
    (start..<(start + 60)).map { number in
      let answer = (0..<(words + number % 4)).map { "word\($0)" }.joined(separator: " ")
      let question = "bake bread \(number) \(["soon", "late", "now"][number % 3])"
      return #"{"prompt":"\#(question)","completion":"\#(answer)"}"# + "\n"
    }.joined()
  }

  private func watch(_ webhook: WebhookReceiver, cooldown: Int) throws -> Invocation {
    try folder.write(
      "rules: [{metric: length, above: 15, severity: critical, cooldown: \(cooldown)}]",
      to: "rules.yaml")
    return try Invocation(
      "monitor", "watch", "--responses", "live.jsonl", "--baseline", "before.jsonl", "--window",
      "60", "--once", "--rules", "rules.yaml", "--webhook", webhook.address, in: folder)
  }

  @Test("an alert arrives as JSON, and so does its end; a second one waits for the cool-down")
  func delivered() throws {
    let webhook = try WebhookReceiver(in: folder)
    let run = try watch(webhook, cooldown: 3600)
    #expect(run.status == 2 && !run.error.contains("not delivered"), "\(run.error)")
    let posted = try webhook.posted
    #expect(posted.map { $0["status"] } == [.string("firing"), .string("resolved")])
    let first = try #require(posted.first)
    #expect(
      first.members.map(\.name) == [
        "rule", "metric", "severity", "status", "value", "baseline", "drift", "since", "time",
        "text",
      ])
    // 20, 21, 22 and 23 words in turn, and ten fewer before.
    for (name, expected) in [("value", 21.5), ("baseline", 11.5)] {
      guard case .number(let number)? = first[name] else {
        Issue.record("no \(name)")
        continue
      }
      #expect(abs(number - expected) < 1e-9, "\(name): \(number)")
    }
    #expect(first["rule"] == .string("length") && first["severity"] == .string("critical"))
    #expect(first["drift"] == .string("significant"))
    #expect(
      first["text"]
        == .string(
          "critical 'length': length is above 15 (now 21.5, baseline 11.5, drift significant)"))
    for post in posted {
      guard case .string(let text)? = post["text"] else { continue }
      #expect(run.error.contains("attune: \(text)\n"))
    }
  }

  @Test("without a cool-down the third window alarms again")
  func noCooldown() throws {
    let webhook = try WebhookReceiver(in: folder)
    _ = try watch(webhook, cooldown: 0)
    #expect(
      try webhook.posted.map { $0["status"] } == [
        .string("firing"), .string("resolved"), .string("firing"),
      ])
  }

  @Test("an alert that is refused is told of, and the watch goes on; nothing shows the token")
  func refused() throws {
    let webhook = try WebhookReceiver(in: folder, status: 403)
    let run = try watch(webhook, cooldown: 0)
    #expect(run.status == 2)
    #expect(run.error.components(separatedBy: "attune: the alert was not delivered: ").count == 4)
    #expect(run.error.contains("403") && !run.error.contains("token=x"), "\(run.error)")
    // A heading and three windows.
    #expect(run.output.split(separator: "\n").count == 4, "\(run.output)")
    #expect(try webhook.posted.count == 3)
  }
}
