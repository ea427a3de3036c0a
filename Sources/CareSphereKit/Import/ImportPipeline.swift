import Glibc
import Synchronization

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
  private var lock = pthread_mutex_t()
  private var changed = pthread_cond_t()
  private var waiting: [Item] = []
  /// Rows that the caller is done with: letting go of their texts is left to the worker, too.
  private var done: [[Row]] = []
  private var isStopped = false
  private var thread = pthread_t()
  private var ignored: [String]

  init(reader: any RecordReader, mapper: RecordMapper, prepare: @escaping Preparation) {
    self.reader = reader
    self.mapper = mapper
    self.prepare = prepare
    ignored = mapper.ignoredColumns
    pthread_mutex_init(&lock, nil)
    pthread_cond_init(&changed, nil)
  }

  deinit {
    pthread_cond_destroy(&changed)
    pthread_mutex_destroy(&lock)
  }

  /// Calls `body` with the rows in their order, batch by batch, on the caller's thread.
  /// - Parameter check: asked now and then while the file gives nothing, as a slow pipe does; it throws to
  ///   give up.
  /// - Throws: what reading, `check` or `body` throws
  func run(check: () throws -> Void, _ body: ([Row]) throws -> Void) throws {
    try start()
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
    ignored + reader.ignored.filter { !ignored.contains($0) }
  }

  private func start() throws {
    // Signals are for the thread that holds the database.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    // Deeply nested JSON is read by recursion.
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let context = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<ImportPipeline>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      throw CareError(.io, "cannot start a thread: \(String(cString: strerror(code)))")
    }
  }

  private func stop() {
    pthread_mutex_lock(&lock)
    isStopped = true
    pthread_cond_broadcast(&changed)
    pthread_mutex_unlock(&lock)
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

  private func giveBack(_ rows: [Row]) {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    done.append(rows)
  }

  /// - Returns: false where nobody wants any more
  private func put(_ item: Item) -> Bool {
    var done: [[Row]] = []
    defer { done.removeAll() }
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    swap(&done, &self.done)
    while waiting.count >= maximumWaiting && !isStopped { pthread_cond_wait(&changed, &lock) }
    guard !isStopped else { return false }
    waiting.append(item)
    pthread_cond_broadcast(&changed)
    return true
  }

  /// The next rows; nil at the end of the file.
  private func take(_ check: () throws -> Void) throws -> [Row]? {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    while waiting.isEmpty {
      var moment = timespec()
      clock_gettime(CLOCK_REALTIME, &moment)
      moment.tv_sec += 1
      if pthread_cond_timedwait(&changed, &lock, &moment) == ETIMEDOUT { try check() }
    }
    pthread_cond_broadcast(&changed)
    switch waiting.removeFirst() {
    case .rows(let rows): return rows
    case .failed(let error): throw error
    case .end: return nil
    }
  }
}
