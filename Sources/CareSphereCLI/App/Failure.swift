import CRuntime
import CareSphereKit
import CommandLineKit
import Glibc
import SQLiteStore
import TextFormats

/// A signal came, and the work was brought to a good end before it was done.
struct Interruption: Error {
  /// What is done and what is not.
  let message: String
  let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  static let withoutChange = Interruption("interrupted; nothing was changed")
}

/// How a run ended: the one place where whatever was thrown becomes an exit status and a message.
enum Failure {
  /// Nobody reads any more: `… | head -1`.
  case closedPipe
  /// SIGINT or SIGTERM, by number, and what that means for the work.
  case signal(Int32, Interruption)
  case told(CareError)
  /// A wrong command line, shown with the usage of the command.
  case usage(UsageError)

  init(_ error: any Error) {
    let signal = caresphere_signals_received()
    switch error {
    case is ClosedPipe: self = .closedPipe
    case let error as UsageError: self = .usage(error)
    case let error as CareError: self = .told(error)
    case let error as Interruption: self = .signal(signal == 0 ? SIGINT : signal, error)
    case let error as DatabaseError where error.kind == .interrupted && signal != 0:
      self = .signal(signal, .withoutChange)
    case let error as DatabaseError: self = .told(Self.told(error))
    case let error as FileExists:
      self = .told(
        CareError(.conflict, error.message, hint: "add --force to replace it, or name another file"))
    case is PromptInterrupted: self = .signal(signal == 0 ? SIGINT : signal, .withoutChange)
    case is NobodyToAsk:
      self = .told(
        CareError(
          .usage, "a question has to be answered, and nobody can be asked here", hint: "run it in a terminal")
      )
    case let error as OutputError: self = .told(CareError(.io, error.message))
    default:
      self = .told(
        CareError(
          .internalError, "unexpected: \(error)",
          hint: "this is a defect in caresphere; with --verbose it says how far it came"))
    }
  }

  /// What went wrong, in a sentence; empty where nobody reads any more.
  var message: String {
    switch self {
    case .closedPipe: ""
    case .signal(_, let interruption): interruption.message
    case .told(let error): error.message
    case .usage(let error): error.message
    }
  }

  var exitStatus: Int32 {
    switch self {
    case .closedPipe: 0
    case .signal(let number, _): 128 + number
    case .told(let error): error.code.exitStatus
    case .usage: ErrorCode.usage.exitStatus
    }
  }

  /// EX_TEMPFAIL of sysexits.h: mail servers keep what they have for a program that ends with it, and try again.
  static let temporary: Int32 = 75

  /// Whether the same could go well later, or once somebody has mended what is wrong with the database.
  var isPassing: Bool {
    switch self {
    case .told(let error): error.code == .databaseBusy || error.code == .database
    case .signal: true
    case .closedPipe, .usage: false
    }
  }

  private static func told(_ error: DatabaseError) -> CareError {
    switch error.kind {
    case .busy:
      CareError(.databaseBusy, error.message, hint: "try again, or wait longer with --lock-timeout 5m")
    case .missing:
      CareError(
        .database, error.message,
        hint:
          "make one with: caresphere init --admin EMAIL --full-name NAME; where there was one, put a backup in its "
          + "place with: caresphere restore FILE")
    case .foreign where error.mayBeDamage:
      CareError(
        .database, error.message,
        hint:
          "name a caresphere database with --db; if this was one, its beginning is damaged: put a backup in its "
          + "place with: caresphere restore FILE")
    case .foreign: CareError(.database, error.message, hint: "name a caresphere database with --db")
    case .newer: CareError(.database, error.message, hint: "install the newer caresphere that wrote it")
    case .corrupt:
      CareError(
        .database, "the database is damaged: \(error.message)",
        hint: "see all that is wrong with: caresphere check; put a backup back with: caresphere restore FILE")
    case .full:
      CareError(
        .database, "the disk is full; nothing was changed: \(error.message)",
        hint: "make room, and do it again")
    case .readOnly:
      CareError(
        .database, error.message,
        hint: "work as the user who owns the database; the file, its folder and the disk have to be writable")
    case .io: CareError(.database, error.message, hint: "see whether the disk is there and well")
    case .interrupted: CareError(.internalError, error.message)
    case .unique, .foreignKey, .constraint, .misuse:
      CareError(.internalError, "the database refused a statement: \(error.message)")
    }
  }
}

extension CareError {
  /// The error as it is printed, as text and as the envelope's details.
  var report: ErrorReport {
    switch details {
    case .none: return ErrorReport(code: code.rawValue, message: message, excerpt: excerpt, hint: hint)
    case .fields(let problems):
      let details = JSONObject(problems.map { ($0.field, .string($0.reason)) })
      return ErrorReport(
        code: code.rawValue, message: message, excerpt: excerpt, hint: hint,
        problems: problems.map { $0.field.isEmpty ? $0.reason : "\($0.field): \($0.reason)" },
        details: .object(details))
    case .lines(let problems):
      return ErrorReport(
        code: code.rawValue, message: message, excerpt: excerpt, hint: hint, problems: problems.map(\.text),
        details: .array(problems.map(\.json)))
    }
  }
}

extension CareError.LineProblem {
  var text: String {
    let place = [column.map { "column \($0)" }, field].compactMap { $0 }
    return (["line \(line)"] + place).joined(separator: ", ") + ": \(message)"
  }

  var json: JSONValue {
    var object = JSONObject([("line", .integer(line))])
    if let column { object["column"] = .integer(column) }
    object["field"] = .optional(field)
    object["message"] = .string(message)
    return .object(object)
  }
}
