@testable import AnnotationServer
import Reports
import Testing

@Suite("Markdown of guidelines")
struct MarkdownTextTests {
  @Test(
    "blocks and emphasis",
    arguments: [
      ("# A\n\nB *c* **d** `e`", "<h2>A</h2><p>B <em>c</em> <strong>d</strong> <code>e</code></p>"),
      ("- a\n- b\n  c\n\n1. d", "<ul><li>a</li><li>b\nc</li></ul><ol><li>d</li></ol>"),
      ("> a\n> - b", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
      ("```\n<b>*x*\n```\nz", "<pre class=\"code\">&lt;b&gt;*x*</pre><p>z</p>"),
      ("a\nb\n\nc", "<p>a\nb</p><p>c</p>"), ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
      (
        "[x](https://a.b/c?d=1&e)",
        "<p><a href=\"https://a.b/c?d=1&amp;e\" rel=\"noopener noreferrer\" target=\"_blank\">x</a></p>"
      ),
      ("", ""), ("####### seven", "<p>####### seven</p>"), ("**open", "<p>**open</p>"),
    ])
  func blocks(text: String, html: String) {
    #expect(MarkdownText.markup(of: text).source == html)
  }

  @Test(
    "nothing of the text acts",
    arguments: [
      "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
      "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<script>)", "[\"><script>](https://a)",
      "[x](https://a\" onclick=\"alert(1))", "`</code><script>`", "# <svg/onload=alert(1)>",
      "> <iframe>", "- <b onmouseover=x>", "```\n</pre><script>\n```",
    ])
  func attacks(text: String) {
    let html = MarkdownText.markup(of: text).source
    for part in ["<script", "<img", "<svg", "<iframe", "<b ", "javascript:alert(1)\"", "\" on"] {
      #expect(!html.lowercased().contains(part), "\(html)")
    }
  }
}
