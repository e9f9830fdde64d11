/// The sizes in which every chart is drawn; the page shows the one that fits the room it has, so that
/// words are as large on a telephone as on a desk.
enum ChartSize: String, CaseIterable, Sendable {
  /// For the whole width of a page.
  case wide
  /// For half of it.
  case medium
  /// For a telephone.
  case narrow

  var name: String { rawValue }

  var width: Double {
    switch self {
    case .wide: 720
    case .medium: 480
    case .narrow: 360
    }
  }

  var height: Double {
    switch self {
    case .wide: 320
    case .medium: 290
    case .narrow: 270
    }
  }

  /// About how many intervals fit on the horizontal axis.
  var horizontalTicks: Int {
    switch self {
    case .wide: 8
    case .medium: 5
    case .narrow: 4
    }
  }

  var verticalTicks: Int { 5 }

  /// About how wide a text is drawn, at the size of axis labels.
  static func width(of text: String) -> Double { Double(text.count) * 7 }

  /// A text that fits, cut with an ellipsis if it must be.
  static func fitted(_ text: String, width: Double) -> String {
    let room = max(1, Int(width / 7))
    return text.count <= room ? text : text.prefix(max(1, room - 1)) + "…"
  }
}
