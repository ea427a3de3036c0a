/// What a failure is called, in the envelope and as an exit status: the contract's table of errors.
public enum ErrorCode: String, CaseIterable, Sendable {
  case internalError = "INTERNAL_ERROR"
  case usage = "USAGE_ERROR"
  case validation = "VALIDATION_ERROR"
  case unauthorized = "UNAUTHORIZED"
  case authentication = "AUTHENTICATION_ERROR"
  case forbidden = "FORBIDDEN"
  case notFound = "NOT_FOUND"
  case conflict = "CONFLICT"
  case databaseBusy = "DATABASE_BUSY"
  case database = "DATABASE_ERROR"
  case io = "IO_ERROR"
  case partialFailure = "PARTIAL_FAILURE"
  case rateLimit = "RATE_LIMIT_EXCEEDED"
  case unavailable = "SERVICE_UNAVAILABLE"

  /// The process's exit status for this code.
  public var exitStatus: Int32 {
    switch self {
    case .internalError: 1
    case .usage: 2
    case .validation: 3
    case .unauthorized, .authentication: 4
    case .forbidden: 5
    case .notFound: 6
    case .conflict: 7
    case .databaseBusy: 8
    case .database: 9
    case .io: 10
    case .partialFailure: 11
    case .rateLimit: 12
    case .unavailable: 13
    }
  }
}

/// Every failure that a person or a script is told of: a code, one sentence, what to do next, and
/// the single problems where there are several. There is one type for all of them, so that a new
/// message never needs a new case.
public struct CareError: Error, Equatable, Sendable {
  /// What scripts decide by; it settles the exit status.
  public var code: ErrorCode
  /// One sentence without a full stop: what went wrong.
  public var message: String
  /// What to do next, without a full stop; nil where nothing helps for sure.
  public var hint: String?
  /// The single problems; `.none` where the message says it all.
  public var details: Details
  /// Lines to show below the message as they are, made visible by whoever sets them: the place in an
  /// expression, marked.
  public var excerpt: [String]

  /// The single problems behind a message.
  public enum Details: Equatable, Sendable {
    case none
    /// Field name and reason, for a record typed in or sent as JSON.
    case fields([FieldProblem])
    /// Line, field and reason, for a file.
    case lines([LineProblem])
  }

  /// What is wrong with one field.
  public struct FieldProblem: Equatable, Sendable {
    /// The key of `details` in the envelope: a field, a path of settings, an id; "" is the whole record.
    public var field: String
    /// What is wrong, to be read after the name: `is taken`.
    public var reason: String
    /// - Parameters:
    ///   - field: its name; "" where the whole record is meant.
    ///   - reason: what is wrong, to be read after the name.
    public init(_ field: String, _ reason: String) {
      self.field = field
      self.reason = reason
    }
  }

  /// What is wrong at one place of a file.
  public struct LineProblem: Equatable, Sendable {
    /// The physical line, from 1, where the record starts.
    public var line: Int
    /// From 1, in Unicode scalars; nil where the line says enough.
    public var column: Int?
    /// Our name of the field; nil where the whole record is meant.
    public var field: String?
    /// What is wrong, without the place.
    public var message: String
    /// - Parameters:
    ///   - line: from 1.
    ///   - column: from 1; nil where the line says enough.
    ///   - field: nil where the whole record is meant.
    public init(line: Int, column: Int? = nil, field: String?, message: String) {
      self.line = line
      self.column = column
      self.field = field
      self.message = message
    }
  }

  /// - Parameters:
  ///   - message: one sentence without a full stop: what went wrong.
  ///   - hint: what to do next.
  ///   - details: the single problems, where there are several.
  ///   - excerpt: lines to show below, made visible already.
  public init(
    _ code: ErrorCode, _ message: String, hint: String? = nil, details: Details = .none,
    excerpt: [String] = []
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.details = details
    self.excerpt = excerpt
  }
}
