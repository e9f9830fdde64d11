internal import Foundation
internal import RunRecords

/// The run directories and reports under some folders.
///
/// What is asked for is looked up among what was found, never built into a path, so that no name leads
/// outside. Links are not followed.
public struct RunCatalog: Sendable {
  /// The folders that are looked through.
  public let roots: [String]

  /// How deep below a folder runs are looked for.
  static let depth = 4
  /// The most runs and reports that are listed.
  static let limit = 500
  /// The most folders that are opened for it.
  static let folderLimit = 10_000

  /// A catalog.
  ///
  /// - Parameter roots: The folders that are looked through; one that is not there holds nothing.
  public init(roots: [String]) { self.roots = roots }

  /// What is found now, in the order of the folders and then of names.
  public var entries: [CatalogEntry] {
    var search = Search()
    for (place, root) in roots.enumerated() {
      look(into: root, below: "", at: place, depth: 0, &search)
    }
    return search.entries
  }

  /// What has that name.
  ///
  /// - Parameters:
  ///   - root: The place of its folder among ``roots``.
  ///   - name: Its path below that folder, as ``CatalogEntry/name`` has it.
  /// - Returns: `nil` where nothing of that name was found.
  public func entry(root: Int, name: String) -> CatalogEntry? {
    entries.first { $0.root == root && $0.name == name }
  }

  private struct Search {
    var entries: [CatalogEntry] = []
    var folders = 0
  }

  private func look(
    into folder: String, below name: String, at place: Int, depth: Int, _ search: inout Search
  ) {
    guard search.entries.count < Self.limit, search.folders < Self.folderLimit else { return }
    search.folders += 1
    let isRun = Self.isFile("\(folder)/\(RunDirectory.manifestName)")
    let hasReport = Self.isFile("\(folder)/\(RunDirectory.reportName)")
    if isRun || hasReport {
      search.entries.append(
        CatalogEntry(root: place, name: name, path: folder, isRun: isRun, hasReport: hasReport))
    }
    guard depth < Self.depth,
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return }
    for next in names.sorted() where Self.isFolder("\(folder)/\(next)") && !next.hasPrefix(".") {
      look(
        into: "\(folder)/\(next)", below: name.isEmpty ? next : "\(name)/\(next)", at: place,
        depth: depth + 1, &search)
    }
  }

  private static func isFile(_ path: String) -> Bool { type(of: path) == .typeRegular }
  private static func isFolder(_ path: String) -> Bool { type(of: path) == .typeDirectory }

  /// What lies at a path itself, not where a link leads.
  private static func type(of path: String) -> FileAttributeType? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType
  }
}

/// A run directory, or a folder with a report.
public struct CatalogEntry: Sendable, Hashable {
  /// The place of its folder among those that are looked through.
  public let root: Int
  /// Its path below that folder; empty for the folder itself.
  public let name: String
  /// Where it lies.
  public let path: String
  /// Whether it is a run.
  public let isRun: Bool
  /// Whether it has a page of its own, `report.html`.
  public let hasReport: Bool
}
