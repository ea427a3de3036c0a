import TextFormats

/// Takes in a file of events, part by part, however long it is.
public final class EventFile {
  /// How many events are stored in one transaction: enough that its cost does not matter, few enough that others
  /// need not wait long for their turn.
  public static let partSize = 10_000

  private let reader: EventBodyReader
  private let preset: EventPreset
  /// What became of the parts so far.
  public private(set) var report = TrackingReport()
  private var part: [Item] = []

  private enum Item {
    case event(line: Int, RecipientEvent)
    case ignored
    case problem(CareError.LineProblem)
  }

  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - preset: who wrote it.
  /// - Throws: `.io` where it cannot be read.
  public convenience init(path: String, preset: EventPreset) throws(CareError) {
    self.init(try ByteSource(path: path), preset: preset)
  }

  /// What is not in a file.
  package init(_ source: ByteSource, preset: EventPreset) {
    reader = EventBodyReader(source)
    self.preset = preset
  }

  /// Reads the next part; it waits for input, so call it outside of a transaction.
  /// - Returns: false at the end
  /// - Throws: `.io` where the file cannot be read
  public func read() throws(CareError) -> Bool {
    part = []
    while part.count < Self.partSize, let body = try reader.next() { part += items(body) }
    return !part.isEmpty
  }

  /// Stores the part that was read, and counts what became of it. Call it within `Database.write`.
  public func store(with tracker: EventTracker) throws {
    let events = part.compactMap { if case .event(_, let event) = $0 { event } else { nil } }
    var tracked = try tracker.track(events).makeIterator()
    var next = report
    for item in part {
      next.events += 1
      switch item {
      case .ignored: next.ignored += 1
      case .problem(let problem):
        next.rejected += 1
        next.add(problem)
      case .event(let line, let event):
        switch tracked.next()?.outcome {
        case .applied: next.applied += 1
        case .duplicate: next.duplicates += 1
        case .unmatched, nil:
          next.unmatched += 1
          next.add(unmatched(event, line))
        }
      }
    }
    report = next
  }

  private func items(_ body: EventBodyReader.Body) -> [Item] {
    func problem(_ message: String, field: String? = nil, column: Int? = nil) -> [Item] {
      [.problem(.init(line: body.line, column: column, field: field, message: message))]
    }
    switch body.value {
    case .failure(let error):
      let isOnLine = error.position.line == body.line && error.position.offset > 0
      return problem("is no JSON: \(error.message)", column: isOnLine ? error.position.column : nil)
    case .success(let value):
      do throws(EventProblem) {
        return try preset.read(value).map { reading in
          switch reading {
          case .event(let event): .event(line: body.line, event)
          case .ignored: .ignored
          }
        }
      } catch {
        return problem(error.message, field: error.field)
      }
    }
  }

  private func unmatched(_ event: RecipientEvent, _ line: Int) -> CareError.LineProblem {
    let clues = event.clues
    let field: String
    let message: String
    if let id = clues.recipientID {
      (field, message) = ("recipientId", "no recipient has the id \(id)")
    } else if let messageID = clues.messageID {
      let address = clues.address ?? "nobody"
      (field, message) = ("email", "message \(messageID) has no recipient \(address), or is none")
    } else if let address = clues.address {
      (field, message) = ("email", "no message went to \(address) before \(event.at)")
    } else {
      (field, message) = ("recipientId", "nothing tells whom it is about")
    }
    return .init(line: line, field: field, message: message)
  }
}
