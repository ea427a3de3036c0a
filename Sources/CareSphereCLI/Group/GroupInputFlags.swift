import CareSphereKit
import CommandLineKit

/// The flags that say what a group is: of `group add` and `group update`.
enum GroupInputFlags {
  private static let fields: [(option: OptionSpec, field: GroupInput.Field)] = [
    (OptionSpec("description", "TEXT", "What the group is for"), .description),
    (OptionSpec("type", "TYPE", "A kind of your own, such as ministry"), .type),
    (OptionSpec("color", "COLOR", "A colour to show it in"), .color),
    (OptionSpec("icon", "ICON", "A sign to show it with"), .icon),
    (OptionSpec("where", "EXPR", "Make it dynamic: everybody for whom this filter expression holds"), .query),
  ]

  static let specs: [OptionSpec] = fields.map(\.option) + [RequestBody.option]

  /// What was typed, unchecked.
  /// - Parameter name: what the group is to be called, where that was typed.
  static func input(_ context: Context, name: String?) throws -> GroupInput {
    var flags = fields.compactMap { option, field in
      context.parsed.value(option.name).map { (field: field, value: $0) }
    }
    if let name { flags.append((.name, name)) }
    return try GroupInput(flags: flags, body: try RequestBody.read(context))
  }
}
