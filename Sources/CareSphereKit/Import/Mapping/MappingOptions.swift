import TextFormats

/// Whose columns a file has: `--preset`.
public enum ImportPreset: String, CaseIterable, Sendable {
  case auto, caresphere, google, outlook, mailchimp
  case planningCenter = "planning-center"
  case breeze, rock, brevo
}

/// What happens to columns that are not known: `--unmapped`.
public enum UnmappedColumns: String, CaseIterable, Sendable {
  case error, ignore, custom
}

/// What an empty cell of a known column means: `--blank`.
public enum BlankCells: String, CaseIterable, Sendable {
  case keep, clear
}

/// How the columns of a file become fields.
public struct MappingOptions: Sendable {
  /// `auto` is found out by the headings; objects that bring their own keys have none then.
  public var preset: ImportPreset
  /// `--map`, in the order given.
  public var assignments: [ColumnAssignment]
  /// Nil where `--unmapped` was not given: unknown columns are then errors, but ignored with a preset.
  public var unmapped: UnmappedColumns?
  /// Whether an empty cell takes a value away that the member has.
  public var blank: BlankCells
  /// Whether records are to become people, who need a name or an e-mail address, or only say who is meant.
  public var needsName = true

  /// The values of `--preset`, `--map`, `--unmapped` and `--blank`, or what holds without them.
  public init(
    preset: ImportPreset = .auto, assignments: [ColumnAssignment] = [], unmapped: UnmappedColumns? = nil,
    blank: BlankCells = .keep
  ) {
    self.preset = preset
    self.assignments = assignments
    self.unmapped = unmapped
    self.blank = blank
  }
}

/// One `--map 'HEADING=field'`.
public struct ColumnAssignment: Equatable, Sendable {
  /// The heading, as it was typed; it is matched like all headings.
  public var heading: String
  let role: ColumnRole

  /// Reads the value of `--map`; the field is what follows the last `=`.
  /// - Throws: `CareError(.usage)` where there is no heading or no such field; it names the nearest.
  public init(_ text: String) throws {
    guard let equals = text.lastIndex(of: "=") else {
      throw CareError(
        .usage, "--map “\(text)” has no =", hint: "write it as --map 'HEADING=field', one a flag")
    }
    let heading = MemberValues.trimmed(String(text[..<equals]))
    let name = MemberValues.trimmed(String(text[text.index(after: equals)...]))
    guard !heading.isEmpty else {
      throw CareError(.usage, "--map “\(text)” has no heading before the =")
    }
    let role: ColumnRole?
    do {
      role = try ColumnRole(fieldName: name)
    } catch {
      throw CareError(.usage, "--map “\(text)”: \(error.reason)")
    }
    guard let role else {
      let nearest = FieldNames.nearest(to: Heading.key(name))
      throw CareError(
        .usage, "--map “\(text)”: there is no field “\(name)”",
        hint: nearest.map { "did you mean \($0)?" } ?? "fields are \(FieldNames.all.joined(separator: ", "))")
    }
    self.heading = heading
    // Of several phones the one that was named comes first.
    self.role = role == .phone(.main) ? .phone(.named) : role
  }
}
