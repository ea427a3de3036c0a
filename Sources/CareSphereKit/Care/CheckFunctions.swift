import SQLiteStore
import TextFormats

/// What SQL needs of ours to judge what is stored.
enum CheckFunctions {
  static let fold = "check_fold"
  static let nameKey = "check_name_key"
  static let digest = "check_digest"
  /// Whether a text is an id.
  static let isID = "check_is_id"
  /// Whether each of its arguments is a moment or absent.
  static let areMoments = "check_are_moments"

  static func register(on database: Database) throws {
    try database.createFunction(fold, arguments: 1) { .text(CaseFolding.fold($0.text(0) ?? "")) }
    try database.createFunction(nameKey, arguments: 2) {
      .text(Member.nameKey(first: $0.text(0), last: $0.text(1)))
    }
    try database.createFunction(digest, arguments: 2) { arguments in
      guard let channel = arguments.text(1).flatMap(Channel.init(rawValue:)) else { return .null }
      return .text(SuppressionStore.digest(arguments.text(0) ?? "", channel: channel))
    }
    let id = FixedForm(glob: StoredForm.idPattern)
    try database.createFunction(isID, arguments: 1) { arguments in
      .integer(arguments.utf8(0).map(id.matches) == true ? 1 : 0)
    }
    let moment = FixedForm(glob: StoredForm.momentPattern)
    try database.createFunction(areMoments, arguments: -1) { arguments in
      for index in 0..<arguments.count {
        if let text = arguments.utf8(index), !moment.matches(text) { return .integer(0) }
      }
      return .integer(1)
    }
  }
}
