public import PreferenceData

/// Who said what of which item: items × annotators, with values missing where nobody was asked.
///
/// Items and annotators are kept in the order of their names, and values in ascending order, so that
/// the same judgments make the same table in whatever order they come.
///
///     let ratings = Ratings(numbers: [
///       Rating(item: "1", annotator: "ann", value: 4), Rating(item: "1", annotator: "bob", value: 5),
///     ])
///     KrippendorffAlpha(ratings, level: .ordinal).value
public struct Ratings: Sendable, Hashable {
  /// A judgment: who, and the place of the value in ``scale``.
  struct Cell: Sendable, Hashable {
    let annotator: Int
    let code: Int
  }

  /// The items with a value, by name.
  public let items: [String]
  /// The annotators who gave a value, by name.
  public let annotators: [String]
  /// The values that occur, ascending; for categories 0, 1, 2, ….
  public let scale: [Double]
  /// The names of the categories in the order of ``scale``; `nil` where values are numbers.
  public let categories: [String]?
  /// The judgments of each item, annotators ascending.
  let cells: [[Cell]]

  /// Ratings on a scale of numbers.
  ///
  /// - Parameter ratings: Finite, none twice for an item and an annotator, in any order.
  public init(numbers ratings: [Rating<Double>]) {
    requireFinite(ratings.map(\.value), "ratings")
    let scale = Set(ratings.map(\.value)).sorted()
    self.init(ratings, values: scale, scale: scale, categories: nil)
  }

  /// Ratings by the names of categories, which are numbered in the order of their names.
  ///
  /// - Parameter ratings: None twice for an item and an annotator, in any order.
  public init(categories ratings: [Rating<String>]) {
    let names = Set(ratings.map(\.value)).sorted()
    self.init(ratings, values: names, scale: names.indices.map(Double.init), categories: names)
  }

  private init<Value: Hashable>(
    _ ratings: [Rating<Value>], values: [Value], scale: [Double], categories: [String]?
  ) {
    items = Set(ratings.map(\.item)).sorted()
    annotators = Set(ratings.map(\.annotator)).sorted()
    self.scale = scale
    self.categories = categories
    let (rows, columns, codes) = (items.places, annotators.places, values.places)
    var cells = [[Cell]](repeating: [], count: items.count)
    for rating in ratings {
      guard let row = rows[rating.item], let annotator = columns[rating.annotator],
        let code = codes[rating.value]
      else { preconditionFailure("every name and value was numbered") }
      cells[row].append(Cell(annotator: annotator, code: code))
    }
    self.cells = cells.map { $0.sorted { $0.annotator < $1.annotator } }
    for (item, cells) in zip(items, self.cells) {
      precondition(
        zip(cells, cells.dropFirst()).allSatisfy { $0.annotator < $1.annotator },
        "somebody has rated \(item) twice")
    }
  }

  /// How many values there are.
  public var count: Int { cells.reduce(0) { $0 + $1.count } }

  /// How many items have two values or more: only they can agree.
  public var pairedItems: Int { cells.count { $0.count > 1 } }
}

extension Array where Element: Hashable {
  /// The place of each element; none is twice.
  fileprivate var places: [Element: Int] {
    Dictionary(uniqueKeysWithValues: zip(self, indices))
  }
}

extension Ratings {
  /// The ratings of a file.
  ///
  /// - Parameter table: What its rows say.
  public init(_ table: RatingTable) {
    switch table.values {
    case .categories(let ratings): self.init(categories: ratings)
    case .numbers(let ratings): self.init(numbers: ratings)
    }
  }
}
