import Glibc
import Synchronization

/// Reads and maps a file on a thread of its own, while the caller writes what came before: reading,
/// checking and storing share two processors. At most a few batches wait, so memory stays flat however
/// long the file is.
final class ImportPipeline: @unchecked Sendable {
  /// One row of the file, mapped.
  struct Row: Sendable {
    var record: ImportRecord
    var mapped: MappedRecord
  }

  private enum Item: Sendable {
    case rows([Row])
    case failed(CareError)
    case end
  }

  // The reader is used by the worker alone until it has finished, and by the caller only then: that is
  // what makes it safe to hand it over.
  private let reader: any RecordReader
  private let mapper: RecordMapper
  private let maximumWaiting = 8
  private var lock = pthread_mutex_t()
  private var changed = pthread_cond_t()
  private var waiting: [Item] = []
  private var isStopped = false
  private var thread = pthread_t()
  private var ignored: [String]

  init(reader: any RecordReader, mapper: RecordMapper) {
    self.reader = reader
    self.mapper = mapper
    ignored = mapper.ignoredColumns
    pthread_mutex_init(&lock, nil)
    pthread_cond_init(&changed, nil)
  }

  deinit {
    pthread_cond_destroy(&changed)
    pthread_mutex_destroy(&lock)
  }

  /// Calls `body` with the rows in their order, batch by batch, on the caller's thread.
  /// - Throws: what reading or `body` throws; the worker has ended by then
  func run(_ body: ([Row]) throws -> Void) throws {
    try start()
    defer { stop() }
    while true {
      switch take() {
      case .rows(let rows): try body(rows)
      case .failed(let error): throw error
      case .end: return
      }
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
    locked { isStopped = true }
    pthread_join(thread, nil)
  }

  private func work() {
    do {
      while let records = try reader.nextBatch() {
        let rows = records.map { Row(record: $0, mapped: mapper.draft(from: $0, ignored: &ignored)) }
        guard put(.rows(rows)) else { return }
      }
      _ = put(.end)
    } catch let error as CareError {
      _ = put(.failed(error))
    } catch {
      _ = put(.failed(CareError(.internalError, "cannot read the file: \(error)")))
    }
  }

  /// - Returns: false where nobody wants any more
  private func put(_ item: Item) -> Bool {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    while waiting.count >= maximumWaiting && !isStopped { pthread_cond_wait(&changed, &lock) }
    guard !isStopped else { return false }
    waiting.append(item)
    pthread_cond_broadcast(&changed)
    return true
  }

  private func take() -> Item {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    while waiting.isEmpty { pthread_cond_wait(&changed, &lock) }
    pthread_cond_broadcast(&changed)
    return waiting.removeFirst()
  }

  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(&lock)
    body()
    pthread_cond_broadcast(&changed)
    pthread_mutex_unlock(&lock)
  }
}
