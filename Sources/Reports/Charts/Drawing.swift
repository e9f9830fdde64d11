/// What is drawn into an SVG picture: lines, areas, dots and words at places counted from the upper
/// left corner.
///
/// Colours, strokes and type come from the page's style sheet by class, so that a picture is right in
/// the light and in the dark.
struct Drawing: Sendable {
  typealias Point = (x: Double, y: Double)

  /// Where a text stands beside its place.
  enum Anchor: String, Sendable { case start, middle, end }

  let size: ChartSize
  let height: Double
  private var content = Markup.empty

  init(_ size: ChartSize, height: Double? = nil) {
    self.size = size
    self.height = height ?? size.height
  }

  mutating func line(from a: Point, to b: Point, _ style: String) {
    content += .element(
      "line",
      [
        "x1": Self.number(a.x), "y1": Self.number(a.y), "x2": Self.number(b.x),
        "y2": Self.number(b.y), "class": style,
      ])
  }

  /// A line through points, which shows `note` where a pointer rests on it; nothing for fewer than two.
  mutating func path(
    _ points: [Point], _ style: String, isClosed: Bool = false, note: String? = nil
  ) {
    guard points.count > 1 else { return }
    let steps = points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(Self.number(point.x)) \(Self.number(point.y))"
    }
    content += .element(
      "path", ["d": steps.joined() + (isClosed ? "Z" : ""), "class": style], Self.title(note))
  }

  /// A rectangle, which shows `note` where a pointer rests on it.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ style: String, note: String? = nil
  ) {
    content += .element(
      "rect",
      [
        "x": Self.number(x), "y": Self.number(y), "width": Self.number(max(0, width)),
        "height": Self.number(max(0, height)), "class": style,
      ], Self.title(note))
  }

  /// A dot, which shows `note` where a pointer rests on it.
  mutating func dot(_ place: Point, radius: Double, _ style: String, note: String? = nil) {
    content += .element(
      "circle",
      [
        "cx": Self.number(place.x), "cy": Self.number(place.y), "r": Self.number(radius),
        "class": style,
      ], Self.title(note))
  }

  mutating func text(_ text: String, at place: Point, _ anchor: Anchor, _ style: String) {
    content += .element(
      "text",
      [
        "x": Self.number(place.x), "y": Self.number(place.y), "text-anchor": anchor.rawValue,
        "class": style,
      ], .text(text))
  }

  /// The picture.
  ///
  /// - Parameters:
  ///   - id: A name that no other picture on the page has.
  ///   - title: What it shows, in a few words.
  ///   - summary: What can be seen in it, for who cannot see it.
  /// - Returns: An `svg` element.
  func rendered(id: String, title: String, summary: String) -> Markup {
    .element(
      "svg",
      [
        "class": "chart \(size.name)", "role": "img", "aria-labelledby": "\(id)-t \(id)-d",
        "viewBox": "0 0 \(Self.number(size.width)) \(Self.number(height))",
        "xmlns": "http://www.w3.org/2000/svg",
      ],
      .element("title", ["id": "\(id)-t"], .text(title)),
      .element("desc", ["id": "\(id)-d"], .text(summary)),
      content)
  }

  /// The picture as a small one among words, which say what there is to say.
  ///
  /// - Parameters:
  ///   - style: Its class.
  ///   - width: How wide it is.
  /// - Returns: An `svg` element that is hidden from who cannot see it.
  func inline(_ style: String, width: Double) -> Markup {
    .element(
      "svg",
      [
        "class": style, "aria-hidden": "true",
        "viewBox": "0 0 \(Self.number(width)) \(Self.number(height))",
        "xmlns": "http://www.w3.org/2000/svg",
      ], content)
  }

  /// The picture within another one.
  ///
  /// - Parameters:
  ///   - corner: Where its upper left corner comes to lie.
  ///   - width: How wide it is there; as wide as its size unless given.
  /// - Returns: An `svg` element.
  func placed(at corner: Point, width: Double? = nil) -> Markup {
    let width = width ?? size.width
    return .element(
      "svg",
      [
        "x": Self.number(corner.x), "y": Self.number(corner.y), "width": Self.number(width),
        "height": Self.number(height), "overflow": "visible",
        "viewBox": "0 0 \(Self.number(width)) \(Self.number(height))",
      ], content)
  }

  private static func title(_ note: String?) -> Markup {
    note.map { .element("title", [:], .text($0)) } ?? .empty
  }

  /// A coordinate with at most two decimals.
  static func number(_ value: Double) -> String {
    precondition(value.isFinite, "a place at \(value)")
    let hundredths = Int((max(-1e6, min(1e6, value)) * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    let digits = rest < 10 ? "0\(rest)" : rest.isMultiple(of: 10) ? "\(rest / 10)" : "\(rest)"
    return "\(sign)\(whole).\(digits)"
  }
}
