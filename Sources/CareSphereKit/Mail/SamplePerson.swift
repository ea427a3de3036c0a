import TextFormats

/// Somebody who does not exist, by whom a message can be tried.
struct SamplePerson {
  static let id = "00000000-0000-7000-8000-000000000001"
  static let email = "ada@example.org"
  static let phone = "+14155550100"

  /// Every field has a value that looks like one.
  let person: PersonReader.Person

  /// - Parameters:
  ///   - customNames: the custom fields that the texts use; the value of each is its name.
  ///   - unsubscribeURL: where they could opt out.
  init(customNames: [String], unsubscribeURL: String) {
    let custom = JSONValue.object(JSONObject(customNames.map { ($0, .string($0)) }))
    let values = TemplateFields.all.map { field -> JSONValue in
      switch field {
      case .member(.customFields), .custom: custom
      case .member(let field): Self.value(field)
      case .fullName: "Ada Example"
      case .age: 35
      case .unsubscribeURL: .string(unsubscribeURL)
      }
    }
    person = PersonReader.Person(values: values, fullName: "Ada Example")
  }

  private static func value(_ field: MemberField) -> JSONValue {
    switch field {
    case .id: .string(id)
    case .externalId: "1001"
    case .firstName: "Ada"
    case .lastName: "Example"
    case .email: .string(email)
    case .phone: .string(phone)
    case .dateOfBirth: "1990-05-15"
    case .gender: "female"
    case .address: "1 Church Street"
    case .city: "Springfield"
    case .state: "Somewhere"
    case .zipCode: "12345"
    case .country: "Nowhere"
    case .memberStatus: "active"
    case .membershipType: "Regular"
    case .joinDate: "2020-01-05"
    case .photoUrl: "https://example.org/ada.jpg"
    case .notes: "Notes"
    case .tags: ["volunteer"]
    case .groups: [["id": .string(id), "name": "Choir", "type": "music"]]
    case .optOuts: []
    case .customFields: .null
    case .createdAt, .updatedAt: "2020-01-05T09:00:00Z"
    }
  }
}
