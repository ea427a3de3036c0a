import CareSphereKit
import SQLiteStore

/// What the verbs have in common that change the named message and print it.
enum MessageChange {
  /// - Parameter change: makes the change, within the transaction.
  static func run(
    _ context: Context, _ change: (Message, MessageStore, Database) throws -> Message
  ) throws {
    try MessageOutput.check(context)
    let provenance = try context.provenance()
    let record = try context.write { database in
      let store = MessageStore(database, ids: context.ids, provenance: provenance)
      return try MessageOutput.record(of: try change(try context.message(), store, database), context)
    }
    try context.emitResult { try MessageOutput.emit(record, context) }
  }
}
