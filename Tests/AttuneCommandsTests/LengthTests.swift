import AttuneCommands
import Testing

@Suite("Lengths of many rows")
struct LengthTests {
  private func counts(_ lengths: some Sequence<Int>) -> LengthCounts {
    lengths.reduce(into: LengthCounts()) { $0.add($1) }
  }

  @Test("Quantiles by hand: at rank share × (n − 1), between neighbours in proportion")
  func quantiles() {
    let few = counts([4, 1, 3, 2])
    #expect([0, 0.5, 1].map(few.quantile) == [1, 2.5, 4])
    #expect(abs(few.quantile(0.95) - 3.85) < 1e-12)
    #expect((few.minimum, few.maximum, few.mean) == (1, 4, 2.5))
    #expect(counts([7]).quantile(0.95) == 7)
    #expect(counts(0...100).quantile(0.95) == 95)
    let none = counts([])
    #expect((none.minimum, none.maximum, none.mean, none.quantile(0.5)) == (0, 0, 0, 0))
  }

  @Test("A bar has eighths of a column, and never none")
  func bars() {
    #expect(LengthHistogram.bar(1, width: 3) == "███")
    #expect(LengthHistogram.bar(0.5, width: 3) == "█▌")
    #expect(LengthHistogram.bar(1 / 24, width: 3) == "▏")
    #expect(LengthHistogram.bar(1e-9, width: 3) == "▏")
  }

  @Test("Side by side where there is room, one below the other where there is not")
  func layout() {
    let histogram = LengthHistogram([
      ("prompt", counts([1, 1, 1, 12])), ("chosen", counts([12, 25])),
    ])
    #expect(
      histogram.rendered(width: 40, color: .off) == """
        tokens  prompt           chosen
           0–4  █████████████ 3
           5–9
         10–14  ████▍ 1          █████████████ 1
         15–19
         20–24
         25–29                   █████████████ 1
        """)
    #expect(
      histogram.rendered(width: 20, color: .off) == """
        tokens  prompt
           0–4  ██████████ 3
           5–9
         10–14  ███▍ 1
         15–19
         20–24
         25–29
        tokens  chosen
           0–4
           5–9
         10–14  ██████████ 1
         15–19
         20–24
         25–29  ██████████ 1
        """)
    #expect(
      histogram.rendered(width: 40, color: .on).contains("\u{1B}[2m█████████████\u{1B}[0m 3"))
  }

  @Test("The longest hundredth shares a last range without end")
  func outliers() {
    let text = LengthHistogram([("text", counts(Array(0..<500) + [90_000]))])
      .rendered(width: 60, color: .off)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 11)
    #expect(lines.last?.hasPrefix("450 or more  ") == true)
    #expect(lines.last?.hasSuffix(" 51") == true)
  }

  @Test("No line is wider than the terminal", arguments: 20...120)
  func width(columns: Int) {
    let lengths = ["prompt", "chosen", "rejected"].map { ($0, counts(0..<3000)) }
    let text = LengthHistogram(lengths).rendered(width: columns, color: .off)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= max(columns, 22) })
  }

  @Test("Columns of a terminal")
  func displayWidth() {
    #expect("abc é".displayWidth == 5)
    #expect("日本".displayWidth == 4)
    #expect("e\u{301}".displayWidth == 1)
    #expect("👩‍👩‍👧".displayWidth == 2)
  }
}
