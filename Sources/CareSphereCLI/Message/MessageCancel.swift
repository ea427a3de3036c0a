import CareSphereKit
import CommandLineKit

/// `caresphere message cancel`.
enum MessageCancel {
  static let command = Command(
    CommandSpec(
      name: "cancel",
      abstract: "Make a scheduled message a draft again",
      discussion: """
        Makes a scheduled message a draft again, and so one that is queued but of which nothing has been handed to a \
        server yet. What people have got cannot be taken back.
        """,
      arguments: [.message],
      examples: [.init("caresphere message cancel Picnic", "It is not sent until somebody says so.")]),
    access: .atLeast(.moderator)
  ) { context in
    try MessageChange.run(context) { message, store, _ in try store.cancel(message) }
  }
}
