import CareSphereKit
import CommandLineKit

/// `caresphere user list`.
enum UserList {
  private enum SortField: String, CaseIterable {
    case email, fullName, role, status, lastLoginAt, createdAt

    func key(_ user: User) -> String {
      switch self {
      case .email: user.email.lowercased()
      case .fullName: user.fullName.lowercased()
      case .role: user.role.rawValue
      case .status: user.status.rawValue
      case .lastLoginAt: user.lastLoginAt?.description ?? ""
      case .createdAt: user.createdAt.description
      }
    }
  }

  static let command = Command(
    CommandSpec(
      name: "list",
      abstract: "List the users",
      discussion: "Lists all users with what they may do and whether they may log in.",
      options: PageOptions.specs(sort: SortField.allCases.map(\.rawValue), byDefault: "email"),
      examples: [.init("caresphere user list --fields email,role,status", "Shows who may do what.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    let page = PageOptions(context.parsed)
    let field = page.sort.flatMap(SortField.init(rawValue:)) ?? .email
    // Equal ones keep the order that they come in, by e-mail address.
    let users = try UserStore(try context.database(), now: context.now).list()
      .sorted { page.order == .desc ? field.key($0) > field.key($1) : field.key($0) < field.key($1) }
    try context.output.emit(
      list: "users", columns: UserOutput.columns, pagination: page.pagination { users.count },
      records: page.slice(users).map(\.json))
  }
}
