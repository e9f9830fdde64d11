/// What a cell means, given its column: CSV itself knows text alone.
enum CSVCell {
  /// A cell of a text column is text, or a list of messages where it holds one as JSON. In the
  /// other columns numbers, Booleans and JSON are read as such and an empty cell is no value;
  /// whatever cannot be read so stays text, which the row's decoder then refuses with the right
  /// words.
  static func value(of cell: String, column: String) -> JSONValue {
    switch column {
    case "margin", "weight", "confidence", "agreement":
      return cell.isEmpty ? .null : number(cell) ?? .string(cell)
    case "label", "harmful", "held_out":
      return cell.isEmpty ? .null : boolean(cell) ?? .string(cell)
    case "completions", "ranking", "criteria", "metadata", "features", "chosen_features",
      "rejected_features":
      return cell.isEmpty ? .null : json(cell) ?? .string(cell)
    case "preference", "reason":
      return cell.isEmpty ? .null : .string(cell)
    case "paraphrase" where cell.isEmpty:
      return .null
    default:
      return messages(cell) ?? .string(cell)
    }
  }

  private static func number(_ cell: String) -> JSONValue? {
    guard case .number(let number)? = json(cell) else { return nil }
    return .number(number)
  }

  /// `true` and `false`, also as Python and spreadsheets write them.
  private static func boolean(_ cell: String) -> JSONValue? {
    switch cell.lowercased() {
    case "true": .boolean(true)
    case "false": .boolean(false)
    default: nil
    }
  }

  private static func messages(_ cell: String) -> JSONValue? {
    guard cell.first == "[", let value = json(cell), Conversation.messages(in: value) != nil else {
      return nil
    }
    return value
  }

  private static func json(_ cell: String) -> JSONValue? {
    let bytes = Array(cell.utf8)
    return try? JSONParser.value(of: bytes, in: 0..<bytes.count)
  }
}
