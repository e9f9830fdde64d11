internal import Hummingbird
internal import WebSupport

extension AnnotationService {
  func addAssets(to router: Router<WebContext>) {
    router.addAssets(
      PageAsset("/style.css", .style, PageStyle.text),
      PageAsset("/task.js", .script, TaskScript.text))
    router.get("/health") { _, _ in "ok\n" }
  }
}
