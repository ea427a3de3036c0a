import Glibc

/// Reads and maps a file on a thread of its own, while the caller writes what came before: reading,
/// checking and storing share two processors. At most a few batches wait, so memory stays flat however
/// long the file is.
final class ImportPipeline: @unchecked Sendable {
  /// One row of the file, and what became of it.
  struct Row: Sendable {
    var record: ImportRecord
    var result: Result
  }

  enum Result: Sendable {
    case member(PreparedMember)
    case failure([CareError.FieldProblem])
  }

  /// Makes of a draft, and an id for somebody new, what is stored.
  typealias Preparation = @Sendable (_ draft: MemberDraft, _ id: String) -> PreparedMember

  private enum Item: Sendable {
    case rows([Row])
    case failed(CareError)
    case end
  }

  // The reader is used by the worker alone until it has finished, and by the caller only then: that is
  // what makes it safe to hand it over.
  private let reader: any RecordReader
  private let mapper: RecordMapper
  private let prepare: Preparation
  private let ids = UUIDv7Generator()
  private let maximumWaiting = 8
  private let lock = Lock()
  private let changed = Condition()
  private var waiting: [Item] = []
  /// Rows that the caller is done with: letting go of their texts is left to the worker, too.
  private var done: [[Row]] = []
  private var isStopped = false
  private var ignored: NameList

  init(reader: any RecordReader, mapper: RecordMapper, prepare: @escaping Preparation) {
    self.reader = reader
    self.mapper = mapper
    self.prepare = prepare
    ignored = NameList(mapper.ignoredColumns)
  }

  /// Calls `body` with the rows in their order, batch by batch, on the caller's thread.
  /// - Parameter check: asked now and then while the file gives nothing, as a slow pipe does; it throws to
  ///   give up.
  /// - Throws: what reading, `check` or `body` throws
  func run(check: () throws -> Void, _ body: ([Row]) throws -> Void) throws {
    // The stack is large enough for JSON that is nested as deeply as it may be, which is read by recursion.
    let thread = try WorkerThread.start(stackSize: 8 << 20) { self.work() }
    do {
      while let rows = try take(check) {
        try body(rows)
        giveBack(rows)
      }
      stop()
      pthread_join(thread, nil)
    } catch {
      // The worker may be waiting for input that never comes; it must not be waited for.
      stop()
      pthread_detach(thread)
      throw error
    }
  }

  /// Columns and keys that were left out, complete after `run`.
  var ignoredColumns: [String] {
    var all = ignored
    for name in reader.ignored { all.insert(name) }
    return all.names
  }

  private func stop() {
    lock.locked {
      isStopped = true
      changed.broadcast()
    }
  }

  private func work() {
    do {
      while let records = try reader.nextBatch() {
        guard put(.rows(records.map(row))) else { return }
      }
      _ = put(.end)
    } catch let error as CareError {
      _ = put(.failed(error))
    } catch {
      _ = put(.failed(CareError(.internalError, "cannot read the file: \(error)")))
    }
  }

  private func row(_ record: ImportRecord) -> Row {
    switch mapper.draft(from: record, ignored: &ignored) {
    case .draft(let draft): Row(record: record, result: .member(prepare(draft, ids.next())))
    case .failure(let problems): Row(record: record, result: .failure(problems))
    }
  }

  private func giveBack(_ rows: [Row]) { lock.locked { done.append(rows) } }

  /// - Returns: false where nobody wants any more
  private func put(_ item: Item) -> Bool {
    var done: [[Row]] = []
    // Not while somebody waits for the lock.
    defer { done.removeAll() }
    return lock.locked {
      swap(&done, &self.done)
      while waiting.count >= maximumWaiting && !isStopped { changed.wait(lock) }
      guard !isStopped else { return false }
      waiting.append(item)
      changed.broadcast()
      return true
    }
  }

  /// The next rows; nil at the end of the file.
  private func take(_ check: () throws -> Void) throws -> [Row]? {
    try lock.locked {
      while waiting.isEmpty {
        if !changed.wait(lock, until: Monotonic.nanoseconds() + 1_000_000_000) { try check() }
      }
      changed.broadcast()
      switch waiting.removeFirst() {
      case .rows(let rows): return rows
      case .failed(let error): throw error
      case .end: return nil
      }
    }
  }
}
