/// What is to be stored of a person: the validated, normalised values of one `add`, `update` or
/// imported row. `nil` means that the source says nothing of the field; for an imported row an
/// empty cell counts as nothing, and `cleared` lists fields that are to be emptied.
public struct MemberDraft: Equatable, Sendable {
  /// A UUID in small letters: who is meant, else what a new member is known by; an id never changes.
  public var id: String?
  /// What another program calls the person, at most 255 characters; no two members share one.
  public var externalId: String?
  /// At most 100 characters; nil makes a new member's empty.
  public var firstName: String?
  /// As the first name.
  public var lastName: String?
  /// At most 255 characters, the domain in small letters; members may share one.
  public var email: String?
  /// As it was written, at most 20 characters: text, so that zeros and plus signs at its front stay.
  public var phone: String?
  /// `YYYY-MM-DD`, or `--MM-DD` without a year.
  public var dateOfBirth: String?
  /// Nil also where the source says that it is not known.
  public var gender: Gender?
  /// Street and number; lines of a source are joined with commas, and where it has no parts it is the whole.
  public var address: String?
  /// As it was written, at most 100 characters.
  public var city: String?
  /// The part of the country, as it was written, at most 100 characters; nothing to do with the status.
  public var state: String?
  /// At most 20 characters: text, so that zeros at its front stay.
  public var zipCode: String?
  /// A name or a code, as it was written, at most 100 characters.
  public var country: String?
  /// Nil makes a new member active, or what an import's `--status` says.
  public var memberStatus: MemberStatus?
  /// The organization's own word for it, at most 50 characters.
  public var membershipType: String?
  /// `YYYY-MM-DD`.
  public var joinDate: String?
  /// `http` or `https` with a host, at most 500 characters.
  public var photoUrl: String?
  /// Any text, to the letter; what `NoteStore` keeps is something else.
  public var notes: String?
  /// Sorted without case, each once.
  public var tags: [String]?
  /// Group names or references.
  public var groups: [String]?
  /// The custom fields that are named, sorted by name; the others stay as they are, and `null` takes
  /// one away. All of them go where `cleared` has `customFields`.
  public var customFields: [CustomField]?
  /// Channels that the source says the person has opted out of.
  public var optOuts: [Channel]?
  /// Why, where the source says so.
  public var optOutReason: String?
  /// Channels that the source says the person has opted in to or not opted out of, for `--resubscribe`.
  public var optIns: [Channel]?
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  public var createdAt: String?
  /// As `createdAt`, and like it of a new member alone; nil makes it the same.
  public var updatedAt: String?
  /// Fields to be emptied; never one that has a value here, nor `id`, `memberStatus` or a time stamp.
  public var cleared: Set<MemberField> = []

  /// Nothing is known yet.
  public init() {}
}
