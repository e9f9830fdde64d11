/// A section of a report, which the contents at its head lead to.
public struct ReportSection: Sendable, Hashable {
  /// The heading.
  public var title: String
  /// What stands in it.
  public var blocks: [ReportBlock]

  /// A section.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - blocks: What stands in it.
  public init(_ title: String, _ blocks: [ReportBlock]) {
    self.title = title
    self.blocks = blocks
  }

  /// The section as markup.
  ///
  /// - Parameter id: A name that no other section on the page has.
  /// - Returns: The heading and the blocks.
  func markup(id: String) -> Markup {
    .element(
      "section", ["id": id, "aria-labelledby": "\(id)-h"],
      [.element("h2", ["id": "\(id)-h"], .text(title))]
        + blocks.enumerated().map { $1.markup(id: "\(id)-f\($0)") })
  }
}
