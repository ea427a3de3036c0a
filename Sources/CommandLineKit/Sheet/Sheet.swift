/// Figures for a person at a terminal: headed sections of tables with bars and lines of sparks, made to fit its width.
public struct Sheet: Sendable, Equatable {
  /// What stands under one heading.
  public struct Section: Sendable, Equatable {
    /// Its heading.
    public var title: String
    /// From top to bottom.
    public var parts: [Part]

    /// - Parameters:
    ///   - title: its heading.
    ///   - parts: from top to bottom; nothing at all is said to be nothing.
    public init(_ title: String, _ parts: [Part]) {
      self.title = title
      self.parts = parts
    }
  }

  /// One piece of a section.
  public enum Part: Sendable, Equatable {
    case table(SheetTable)
    /// How figures went up and down, each with a label; left out where the locale has no such characters.
    case sparklines([Spark])
    /// A line of text.
    case remark(String)
  }

  /// The values of a sparkline, in order, and what they are of.
  public struct Spark: Sendable, Equatable {
    /// What they are of.
    public var label: String
    /// In order.
    public var values: [Double]

    /// - Parameters:
    ///   - label: what they are of.
    ///   - values: in order; more than there is room for are drawn as means of neighbours.
    public init(_ label: String, _ values: [Double]) {
      self.label = label
      self.values = values
    }
  }

  /// What all of it is of, above the first heading; may be empty.
  public var lead: String
  /// From top to bottom.
  public var sections: [Section]

  /// - Parameters:
  ///   - lead: what all of it is of, above the first heading.
  ///   - sections: from top to bottom.
  public init(lead: String = "", _ sections: [Section]) {
    self.lead = lead
    self.sections = sections
  }
}

/// Rows for a person, of which one column may be drawn as bars too.
public struct SheetTable: Sendable, Equatable {
  /// A column.
  public struct Column: Sendable, Equatable {
    /// Empty where the cells speak for themselves.
    public var title: String
    /// Whether it is set to the right and never cut.
    public var isNumber: Bool
    /// Whether it may be left out where there is no room.
    public var isExpendable: Bool
  }

  /// A cell.
  public enum Cell: Sendable, Equatable {
    /// Stored text or our own.
    case text(String)
    case count(Int)
    /// In percent; nil where there is nothing to divide by.
    case percent(Double?)
    /// How a figure changed, in percent; nil where it was nothing before.
    case change(Change)
  }

  /// How a figure changed.
  public enum Change: Sendable, Equatable {
    /// By so many percent; nil where it was nothing before.
    case increase(Double?)
    case decrease(Double?)
    case none
  }

  /// One for each cell of a row.
  public var columns: [Column]
  /// From top to bottom.
  public var rows: [[Cell]]
  /// One for each row, drawn behind it; empty for no bars.
  public var bars: [Double]
  /// What the longest possible bar stands for; the greatest of them by default.
  public var fullBar: Double?

  /// - Parameters:
  ///   - columns: one for each cell of a row.
  ///   - rows: from top to bottom.
  ///   - bars: one for each row, drawn behind it where there is room.
  ///   - fullBar: what the longest possible bar stands for; the greatest of them by default.
  public init(_ columns: [Column], rows: [[Cell]], bars: [Double] = [], fullBar: Double? = nil) {
    self.columns = columns
    self.rows = rows
    self.bars = bars
    self.fullBar = fullBar
  }
}

extension SheetTable.Column {
  /// A column of text, which is cut where there is no room.
  public static func text(_ title: String, isExpendable: Bool = false) -> Self {
    Self(title: title, isNumber: false, isExpendable: isExpendable)
  }

  /// A column of numbers.
  public static func number(_ title: String, isExpendable: Bool = false) -> Self {
    Self(title: title, isNumber: true, isExpendable: isExpendable)
  }
}
