internal import Foundation
internal import Hummingbird
internal import Pipelines
internal import RunRecords
internal import WebSupport

extension StudioService {
  func addRuns(to router: Router<WebContext>) {
    router.get("/runs") { _, _ in
      let html = try await aside {
        RunPages.list(catalog.entries.map(CatalogRow.init), roots: catalog.roots)
      }
      return page(html)
    }
    router.get("/run") { request, _ in
      let html = try await aside {
        let entry = try entry(of: request)
        guard entry.isRun else { throw WebFailure.notFound }
        do {
          let run = try RecordedRun(entry.path)
          return RunPages.run(
            RunReport(run).page(footer: "attune \(version) studio"), of: entry)
        } catch {
          throw WebFailure(
            .unprocessableContent, code: "run", "This run cannot be read: \(error).")
        }
      }
      return page(html)
    }
    router.get("/report") { request, _ in
      let html = try await aside {
        let entry = try entry(of: request)
        let path = "\(entry.path)/\(RunDirectory.reportName)"
        guard entry.hasReport, let bytes = FileManager.default.contents(atPath: path),
          bytes.count <= ServedReport.longest
        else { throw WebFailure.notFound }
        return ServedReport.page(String(decoding: bytes, as: UTF8.self))
      }
      return page(html)
    }
  }

  /// What a request names, among what was found.
  private func entry(of request: Request) throws -> CatalogEntry {
    let query = request.uri.queryParameters
    guard let root = query.get("folder").flatMap({ Int($0) }), let name = query.get("name"),
      let entry = catalog.entry(root: root, name: name)
    else { throw WebFailure.notFound }
    return entry
  }
}
