import Synchronization

@testable import CareSphereKit

/// Stands for a server: answers as a test wants, and remembers what it was asked.
final class ScriptedServer: Sendable {
  /// Given what arrives and how many arrived before, says what becomes of it.
  typealias Script = @Sendable (_ outgoing: Outgoing, _ number: Int) -> DeliveryOutcome

  private struct State {
    var arrived: [Outgoing] = []
    var accepted: [String] = []
    var times: [Int] = []
    var connections = 0
  }

  private let state = Mutex(State())
  private let script: Script

  /// - Parameter script: takes everything, by default.
  init(_ script: @escaping Script = { _, number in .accepted(providerID: "id-\(number)") }) {
    self.script = script
  }

  /// What arrived, whatever became of it.
  var arrived: [Outgoing] { state.withLock { $0.arrived } }
  /// The ids of the recipients whose message was taken.
  var accepted: [String] { state.withLock { $0.accepted } }
  /// When something arrived, in nanoseconds of the monotonic clock.
  var times: [Int] { state.withLock { $0.times } }
  var connections: Int { state.withLock { $0.connections } }

  /// A way to this server.
  func plan(connections: Int = 1, rate: Rate? = nil, isRepeatable: Bool = true) -> TransportPlan {
    TransportPlan(
      name: "scripted server", connections: connections, rate: rate, isRepeatable: isRepeatable
    ) { [self] in
      state.withLock { $0.connections += 1 }
      return Connection(self)
    }
  }

  private func answer(_ outgoing: Outgoing) -> DeliveryOutcome {
    let number = state.withLock { state in
      state.arrived.append(outgoing)
      state.times.append(Monotonic.nanoseconds())
      return state.arrived.count - 1
    }
    let outcome = script(outgoing, number)
    if case .accepted = outcome { state.withLock { $0.accepted.append(outgoing.recipientID) } }
    return outcome
  }

  private final class Connection: Transport {
    private let server: ScriptedServer
    init(_ server: ScriptedServer) { self.server = server }
    func deliver(_ outgoing: Outgoing) -> DeliveryOutcome { server.answer(outgoing) }
  }
}
