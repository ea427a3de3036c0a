import TextFormats

/// One record of an import file as it stands there: nothing is trimmed, named or judged yet.
public struct ImportRecord: Equatable, Sendable {
  /// The physical line, from 1, on which the record starts.
  public var line: Int
  /// What stands there.
  public var content: Content

  /// What a record holds, by the kind of file that it is from.
  public enum Content: Equatable, Sendable {
    /// A row of CSV or TSV: exactly as many cells as there are `headings`; an empty cell is "".
    case cells([String])
    /// An object of JSON or JSON Lines with its own keys, or a vCard, mapped to our field names
    /// (`firstName`, …, `tags` as an array; see `VCardMapping`).
    case object(JSONObject)
    /// A record that cannot be read, while those after it can: one row error. `cells` is what could
    /// be made of it, for the file of rejects: of CSV the cells, be they too many or too few, of
    /// JSON one cell with its text.
    case failure(reason: String, cells: [String])
  }

  /// A record and where it starts.
  public init(line: Int, content: Content) {
    self.line = line
    self.content = content
  }
}

/// Reads an import file from its beginning to its end, a batch at a time, in memory that does not
/// grow with the file. A reader is made by `RecordReaders.open`, which has read the headings by then;
/// it belongs to one thread, its batches to whom they are handed.
public protocol RecordReader: AnyObject {
  /// What the file turned out to be, never `auto`.
  var format: InputFormat { get }
  /// The headings of CSV or TSV as they stand in the file, with their line; nil where records
  /// bring their own keys.
  var headings: Headings? { get }
  /// How the file is encoded. Settled at the latest when `nextBatch` has answered nil, because a file
  /// that begins in ASCII shows only later what it is.
  var encoding: TextEncoding { get }
  /// What was left out of what the format can say, complete at the end of the file: names of vCard
  /// properties that we have no field for, in the order of their first appearance.
  var ignored: [String] { get }
  /// How many entries were passed over because they are no people (vCard groups).
  var skippedEntries: Int { get }

  /// The next records in their order, 1,000 of them at most; nil at the end.
  /// - Throws: `CareError`: `.validation` with the line for a file that cannot be read any further
  ///   (wrong encoding, NUL, a quote without an end, broken JSON), `.io` where reading fails.
  func nextBatch() throws -> [ImportRecord]?
}

/// The heading row of a table.
public struct Headings: Equatable, Sendable {
  /// The physical line, from 1, on which it starts.
  public var line: Int
  /// The headings from left to right, as they stand there.
  public var names: [String]

  /// Headings and where they start.
  public init(line: Int, names: [String]) {
    self.line = line
    self.names = names
  }
}
