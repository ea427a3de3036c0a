import SQLiteStore

/// The database's side of a delivery, be it for real or a rehearsal: who waits, which messages begin, and what has become
/// of whom.
struct DeliveryRecords {
  let queue: DeliveryQueue
  let starting: DeliveryStart
  let log: DeliveryLog

  init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, configuration: Configuration,
    clock: Clock
  ) {
    queue = DeliveryQueue(database, provenance: provenance)
    starting = DeliveryStart(
      database, ids: ids, provenance: provenance, configuration: configuration, clock: clock)
    log = DeliveryLog(
      database,
      marks: DeliveryMarks(database, ids: ids, provenance: provenance, configuration: configuration))
  }
}
