/// How messages of a type go out, and whether the way is open.
public struct TransportStatus: Sendable {
  /// The types that leave this machine.
  public static let types: [MessageType] = [.email, .sms, .whatsapp, .push]

  /// The type that is looked at, one of ``types``: in-app messages need no way.
  public var type: MessageType
  /// How the way is called; nil where none is set up in full.
  public var name: String?
  /// Whether it is open; nil where nobody has tried.
  public var isOpen: Bool?
  /// Why it is not.
  public var problem: String?

  /// Looks at what is configured.
  /// - Parameters:
  ///   - probes: whether the way is tried: connected and logged in to, without sending anything.
  ///   - environment: as ``Transports`` takes it.
  public init(
    of type: MessageType, configuration: Configuration, databasePath: String, environment: [String: String],
    probes: Bool, patience: Patience = Patience()
  ) {
    self.type = type
    do {
      let plan = try Transports.plan(
        for: type, configuration: configuration, databasePath: databasePath, environment: environment,
        patience: patience)
      name = plan.name
      guard probes else { return }
      problem = plan.connect().probe()
      isOpen = problem == nil
    } catch let error as CareError where error.code == .unavailable {
      name = nil
    } catch let error as CareError {
      problem = error.message
      isOpen = probes ? false : nil
    } catch {
      problem = "\(error)"
    }
  }
}
