/// What is to be stored of a person: the validated, normalised values of one `add`, `update` or
/// imported row. `nil` means that the source says nothing of the field; for an imported row an
/// empty cell counts as nothing, and `cleared` lists fields that are to be emptied.
public struct MemberDraft: Equatable, Sendable {
  public var id: String?
  public var externalId: String?
  public var firstName: String?
  public var lastName: String?
  public var email: String?
  public var phone: String?
  /// `YYYY-MM-DD`, or `--MM-DD` without a year.
  public var dateOfBirth: String?
  public var gender: Gender?
  public var address: String?
  public var city: String?
  public var state: String?
  public var zipCode: String?
  public var country: String?
  public var memberStatus: MemberStatus?
  public var membershipType: String?
  /// `YYYY-MM-DD`.
  public var joinDate: String?
  public var photoUrl: String?
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
  public var updatedAt: String?
  /// Fields to be emptied; never one that has a value here, nor `id`, `memberStatus` or a time stamp.
  public var cleared: Set<MemberField> = []

  /// Nothing is known yet.
  public init() {}
}
