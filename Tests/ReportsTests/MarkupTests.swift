import Reports
import Testing

@Suite("Markup")
struct MarkupTests {
  @Test("texts and attributes are escaped, whatever they hold")
  func escaping() {
    let hostile = "<script>alert('1 & \"2\"')</script>"
    let safe = "&lt;script&gt;alert(&#39;1 &amp; &quot;2&quot;&#39;)&lt;/script&gt;"
    #expect(Markup.text(hostile).source == safe)
    #expect(
      Markup.element("p", ["title": hostile], .text(hostile)).source
        == "<p title=\"\(safe)\">\(safe)</p>")
  }

  @Test("what no document may hold becomes a replacement character; line ends and joiners stay")
  func controlCharacters() {
    #expect(
      Markup.text("a\u{0}b\u{1B}c\u{85}d\u{FFFE}").source == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
    #expect(Markup.text("a\r\nb\t👩‍👧").source == "a\r\nb\t👩‍👧")
  }

  @Test("an attribute without a value is left out")
  func missingAttribute() {
    #expect(
      Markup.element("td", ["class": nil, "scope": "row"]).source == "<td scope=\"row\"></td>")
  }
}
