/// Who asks, and from where: surface that changes no answer.
enum Names {
  static let people = words(
    """
    Anna Bert Carla David Emma Frank Grace Henry Ida Jack Karen Leo Mary Nick Olga Paul Rosa Sam
    Tina Victor Wendy Adam Bella Chris Dora Eric Fiona George Helen Ivan Julia Kevin Laura Martin
    Nora Oscar Petra Ralph Sara Tom
    """)
  static let places = words(
    """
    London Paris Rome Madrid Berlin Vienna Oslo Dublin Lisbon Athens Prague Warsaw Cairo Delhi
    Tokyo Boston Chicago Denver Dallas Toronto Sydney Lima Quito Havana
    """)
  static let ages = Array(18...77)
}

/// The words of a text between blanks and line feeds.
func words(_ text: String) -> [String] {
  text.split { $0 == " " || $0 == "\n" }.map(String.init)
}
