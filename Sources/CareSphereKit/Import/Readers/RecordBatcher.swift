/// Collects records into batches. What stops the reading is told only once the records before it have
/// been handed out, so that their own mistakes are listed too.
struct RecordBatcher {
  static let batchSize = 1_000

  private var failure: CareError?

  /// The next batch; nil where nothing is added to it.
  /// - Parameter fill: adds records, `batchSize` at most.
  mutating func batch(
    _ fill: (inout [ImportRecord]) throws(CareError) -> Void
  ) throws(CareError) -> [ImportRecord]? {
    if let failure { throw failure }
    var records: [ImportRecord] = []
    records.reserveCapacity(Self.batchSize)
    do throws(CareError) {
      try fill(&records)
    } catch {
      if records.isEmpty { throw error }
      failure = error
    }
    return records.isEmpty ? nil : records
  }
}
