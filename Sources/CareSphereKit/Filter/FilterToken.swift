import TextFormats

/// The words of the language that are no fields and no values.
enum FilterKeyword: String, CaseIterable {
  case and, or, not, `in`, contains, startsWith, `is`, empty

  /// The keyword that a bare word is, without regard to case.
  init?(_ word: String) {
    guard word.utf8.count <= 10 else { return nil }
    let folded = CaseFolding.fold(word)
    guard let keyword = FilterKeyword.allCases.first(where: { CaseFolding.fold($0.rawValue) == folded })
    else { return nil }
    self = keyword
  }
}

/// A piece of a filter expression.
struct FilterToken: Equatable {
  enum Kind: Equatable {
    /// Letters, digits and the marks that may stand bare: a keyword, a field or a value.
    case word
    /// A value in quotes, of which `text` is the inside, escapes resolved.
    case quoted
    /// `custom.` with its name in quotes; `text` is the name.
    case customField
    case comparison(FilterOperator)
    case open, close, comma, end
  }

  var kind: Kind
  var text: String
  /// Where it begins, in Unicode scalars from 1.
  var column: Int

  /// The keyword that it is; nil for whatever is no bare word.
  var keyword: FilterKeyword? { kind == .word ? FilterKeyword(text) : nil }
}
