/// The two sizes in which every chart is drawn; the page shows the one that fits the room it has, so
/// that words are as large on a telephone as on a desk.
enum ChartSize: String, CaseIterable, Sendable {
  case wide
  case narrow

  var name: String { rawValue }
  var width: Double { self == .wide ? 720 : 360 }
  var height: Double { self == .wide ? 320 : 270 }
  /// About how many intervals fit on the horizontal axis.
  var horizontalTicks: Int { self == .wide ? 8 : 4 }
  var verticalTicks: Int { 5 }

  /// About how wide a text is drawn, at the size of axis labels.
  static func width(of text: String) -> Double { Double(text.count) * 6.4 }

  /// A text that fits, cut with an ellipsis if it must be.
  static func fitted(_ text: String, width: Double) -> String {
    let room = max(1, Int(width / 6.4))
    return text.count <= room ? text : text.prefix(max(1, room - 1)) + "…"
  }
}
