import Foundation
import Testing

@Suite("attune evaluate hacking")
struct EvaluateHackingCommandTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func evaluate(_ arguments: String...) throws -> Invocation {
    try Invocation(["evaluate", "hacking"] + arguments, in: folder)
  }

  /// Gold 0.4 + d(α − β ln d) at d = 0, 0.4, 0.8, …, with a proxy that rises by 0.5 a unit.
  private func rows(_ count: Int, alpha: Double, beta: Double) -> [(d: Double, gold: Double)] {
    (0..<count).map { row in
      let d = 0.4 * Double(row)
      return (d, 0.4 + (d > 0 ? d * (alpha - beta * log(d)) : 0))
    }
  }

  private func writeRun(_ name: String, alpha: Double, beta: Double) throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: name), withIntermediateDirectories: true)
    let lines = rows(14, alpha: alpha, beta: beta).enumerated().flatMap { row, point in
      [
        "{\"step\":\(20 * row),\"loss\":0.5,\"reward\":1.0}",
        "{\"step\":\(20 * row),\"eval_reward\":\(1 + 0.5 * point.d),\"eval_gold\":\(point.gold),"
          + "\"eval_kl\":\(point.d * point.d),\"eval_entropy\":\(2 - 0.25 * point.d)}",
      ]
    }
    try folder.write(lines.map { "\($0)\n" }.joined(), to: "\(name)/metrics.jsonl")
  }

  @Test("a run that was hacked: the verdict, its reasons, the figures and the page")
  func hacked() throws {
    try writeRun("run", alpha: 0.35, beta: 0.154)
    let run = try evaluate("--run", "run", "--out", "report.html", "--json")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error == "attune: the page is in report.html\n")
    #expect(run.output.hasPrefix("run: hacked\n- After its best around step "))
    for words in [
      "\nstep                       0  best: 180    260\n",
      "\nKL, nats a completion      0       13.0   27.0\n",
      "0.400 + d·(0.350 − 0.154·ln d), R² 1.00\n", "√KL = 3.57, 12.7 nats: gold 0.950\n",
      "step 160: The policy is 10.2 nats a completion from the reference",
    ] {
      #expect(run.output.contains(words), "\(words) in \(run.output)")
    }
    let report = try run.report()
    #expect(report["verdict"] as? String == "hacked")
    #expect(report["source"] as? String == "run")
    #expect((report["best"] as? [String: Any])?["step"] as? Int == 180)
    #expect((report["evaluations"] as? [[String: Any]])?.count == 14)
    let curve = try #require((report["curves"] as? [[String: Any]])?.first)
    let peak = try #require(curve["peak"] as? [String: Any])
    #expect(curve["form"] as? String == "reinforcement")
    #expect(abs(try #require(peak["distance"] as? Double) - 3.570577) < 1e-6)
    #expect(abs(try #require(peak["gold"] as? Double) - 0.949869) < 1e-6)
    let reasons = try #require(report["reasons"] as? [[String: Any]])
    for reason in reasons {
      let sentence = try #require(reason["sentence"] as? String)
      #expect(run.output.contains("\n- \(sentence)\n"))
    }
    let page = try folder.text("report.html")
    #expect(page.hasPrefix("<!doctype html>") && page.contains("evaluate hacking</p>"))
    #expect(try folder.names() == ["report.html", "run"])
    // The page of a run that goes on is written again and again.
    #expect(try evaluate("--run", "run", "--out", "report.html").status == 0)
  }

  @Test("a healthy run exits with 0 as well")
  func healthy() throws {
    try writeRun("run", alpha: 0.35, beta: 0.01)
    let run = try evaluate("--run", "run/")
    #expect(run.status == 0 && run.error.isEmpty)
    #expect(run.output.hasPrefix("run/: healthy\n"))
    #expect(run.output.contains("beyond the data: it still rises"))
    #expect(run.output.contains("proxy and gold part                nowhere\n"))
  }

  @Test("a table of two columns, and of four")
  func table() throws {
    let rows = rows(14, alpha: 0.35, beta: 0.154)
    let two = rows.map { "\(0.5 * $0.d),\($0.gold)\n" }.joined()
    try folder.write("policy_rewards,true_quality\n\(two)", to: "two.csv")
    let plain = try evaluate("--data", "two.csv", "--json")
    #expect(plain.status == 0, "\(plain.error)")
    #expect(plain.output.hasPrefix("two.csv: hacked\n"))
    #expect(plain.output.contains("\nwithout a column `step` the rows count as steps 0, 1, 2, …\n"))
    #expect(plain.output.contains("KL was not recorded"))
    #expect((try plain.report()["curves"] as? [Any])?.isEmpty == true)
    let four = rows.enumerated().map { "\($0),\($1.d * $1.d),\(0.5 * $1.d),\($1.gold)\n" }
    try folder.write("step,kl,policy_rewards,true_quality\n\(four.joined())", to: "four.csv")
    let full = try evaluate("--data", "four.csv", "--json")
    #expect((try full.report()["curves"] as? [Any])?.count == 2)
    #expect((try full.report()["notes"] as? [Any])?.isEmpty == true)
  }

  @Test("wrong usage")
  func usage() throws {
    for (arguments, message) in [
      ([], "give '--run' or '--data', one of the two"),
      (["--run", "a", "--data", "b.csv"], "give '--run' or '--data', one of the two"),
      (
        ["--data", "b.csv", "--out", "b.csv"],
        "'--out' is 'b.csv', but the page's name must end in .html"
      ),
    ] {
      let run = try Invocation(["evaluate", "hacking"] + arguments, in: folder)
      #expect(run.status == 64 && run.error.contains(message), "\(run.error)")
    }
    try writeRun("run", alpha: 0.35, beta: 0.1)
    let away = try evaluate("--run", "run", "--out", "none/report.html")
    #expect(away.status == 64 && away.output.isEmpty, "\(away.error)")
  }

  @Test("bad data is 65, with a sentence")
  func badData() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "dpo"), withIntermediateDirectories: true)
    try folder.write("{\"step\":1,\"loss\":0.7}\n", to: "dpo/metrics.jsonl")
    try folder.write("policy_rewards,quality\n1,2\n", to: "named.csv")
    try folder.write("policy_rewards,true_quality\n1,2\nlow,3\n", to: "word.csv")
    try folder.write("policy_rewards,true_quality\n1,2\n2,3\n", to: "short.csv")
    for (arguments, message) in [
      (["--run", "none"], "none: there is no such directory; give the --out of a training run"),
      (["--run", "."], ".: holds no run: metrics.jsonl is missing"),
      (["--run", "dpo"], "dpo/metrics.jsonl: no row has `eval_reward` and `eval_gold`"),
      (["--data", "none.csv"], "none.csv: there is no such file"),
      (["--data", "named.csv"], "needed are `policy_rewards`, `true_quality`"),
      (["--data", "word.csv"], "word.csv:3: field `policy_rewards`: saw the text \"low\""),
      (["--data", "short.csv"], "has 2 evaluations with proxy and gold, and 3 are needed"),
    ] {
      let run = try Invocation(["evaluate", "hacking"] + arguments, in: folder)
      #expect(run.status == 65 && run.output.isEmpty, "\(run.output)")
      #expect(run.error.contains(message), "\(run.error)")
    }
    try folder.write("{\"step\":1,\"loss\":\"high\"}\n", to: "dpo/metrics.jsonl")
    let broken = try evaluate("--run", "dpo")
    #expect(broken.status == 65 && broken.error.contains("dpo/metrics.jsonl:1: is not a logged"))
  }
}
