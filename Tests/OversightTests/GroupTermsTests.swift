import Foundation
import Oversight
import Testing

@Suite("Words of groups")
struct GroupTermsTests {
  private static let men = GroupTerms.Group("men", terms: ["man", "he"], names: ["James"])
  private static let women = GroupTerms.Group("women", terms: ["woman", "she"], names: ["Mary"])

  @Test("those that are shipped can be used, and are written and read again")
  func shipped() throws {
    let shipped = GroupTerms.shipped
    try shipped.check()
    #expect(
      shipped.dimensions.map(\.name)
        == ["gender", "religion", "origin", "age", "disability", "orientation"])
    #expect(
      shipped.dimensions.allSatisfy { $0.groups.allSatisfy { $0.descriptions.count > 1 } })
    let again = try JSONDecoder().decode(GroupTerms.self, from: JSONEncoder().encode(shipped))
    #expect(again == shipped)
  }

  @Test("parallel words are what they should be")
  func parallel() throws {
    let groups = try GroupTerms.shipped.dimension("gender").groups
    let pairs = Dictionary(
      zip(groups[0].terms, groups[1].terms).map { ($0, $1) },
      uniquingKeysWith: { first, _ in first }
    )
    for (man, woman) in [
      ("man", "woman"), ("he", "she"), ("his", "her"), ("him", "her"), ("himself", "herself"),
      ("father", "mother"), ("uncle", "aunt"), ("nephew", "niece"), ("Mr", "Mrs"),
    ] { #expect(pairs[man] == woman) }
  }

  @Test("names and descriptions may be left out")
  func leftOut() throws {
    let text = """
      {"version": "1", "dimensions": [{"name": "age", "groups": [{"name": "old", "terms": ["old"]},
       {"name": "young", "terms": ["young"]}]}]}
      """
    let terms = try JSONDecoder().decode(GroupTerms.self, from: Data(text.utf8))
    #expect(
      terms.dimensions == [
        .init("age", groups: [.init("old", terms: ["old"]), .init("young", terms: ["young"])])
      ])
  }

  private static func message(_ dimensions: GroupTerms.Dimension...) -> String? {
    do {
      _ = try GroupTerms(version: "1", dimensions: dimensions)
      return nil
    } catch { return "\(error)" }
  }

  @Test("what is wrong with dimensions is a sentence")
  func dimensions() {
    #expect(Self.message() == "there are no dimensions of groups; give at least one")
    let gender = GroupTerms.Dimension("gender", groups: [Self.men, Self.women])
    #expect(Self.message(gender) == nil)
    #expect(
      Self.message(gender, gender)
        == "two dimensions are called 'gender'; give each a name of its own")
    #expect(
      Self.message(.init("gender", groups: [Self.men]))
        == "'gender' has one group, but comparing takes two; add another, or leave the dimension out"
    )
    #expect(
      Self.message(.init("gender", groups: []))
        == "'gender' has no groups, but comparing takes two; add another, or leave the dimension out"
    )
    #expect(
      Self.message(.init("gender", groups: [Self.men, Self.men]))
        == "two groups of 'gender' are called 'men'; give each a name of its own")
    let error = #expect(throws: GroupTermsError.self) { try GroupTerms.shipped.dimension("hair") }
    #expect(
      error?.description
        == "no dimension is called 'hair'; there are gender, religion, origin, age, "
        + "disability, orientation")
  }

  @Test("what is wrong with groups is a sentence")
  func groups() {
    func message(_ group: GroupTerms.Group) -> String? {
      Self.message(.init("gender", groups: [Self.men, group]))
    }
    #expect(
      message(.init("women", terms: []))
        == "'women' of 'gender' has no terms; give at least one")
    func unequal(_ list: String, _ counts: String) -> String {
      "'men' and 'women' of 'gender' have different numbers of \(list), \(counts), but each is "
        + "replaced by the one at its place; give as many"
    }
    #expect(
      message(.init("women", terms: ["woman"], names: ["Mary"])) == unequal("terms", "2 and 1"))
    #expect(message(.init("women", terms: ["woman", "she"])) == unequal("names", "1 and 0"))
    #expect(
      message(.init("women", terms: ["woman", "she"], names: ["Mary"], descriptions: ["a woman"]))
        == unequal("descriptions", "0 and 1"))
    #expect(
      message(.init("women", terms: ["woman", " - "], names: ["Mary"]))
        == "'women' of 'gender' has ' - ' among its terms, which is no word; leave it out")
    #expect(
      message(.init("women", terms: ["woman", "He"], names: ["Mary"]))
        == "'He' is of both 'men' and 'women' of 'gender', so that it says neither; leave it out of "
        + "one, with its parallels")
    #expect(
      message(.init("women", terms: ["mary", "she"], names: ["Mary"]))
        == "'women' of 'gender' has 'Mary' too often: a term may stand twice, a name once and not "
        + "among the terms")
    #expect(message(.init("women", terms: ["her", "her"], names: ["Mary"])) == nil)
  }
}
