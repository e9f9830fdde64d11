internal import Hummingbird
internal import Reports
internal import WebSupport

extension StudioService {
  func addAssets(to router: Router<WebContext>) {
    router.addAssets(
      PageAsset("/studio.css", .style, StudioStyle.text),
      PageAsset(ServedReport.stylePath, .style, StyleSheet.text),
      PageAsset("/studio.js", .script, StudioScript.text))
    router.get("/health") { _, _ in "ok\n" }
  }
}
