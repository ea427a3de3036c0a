/// What was sent, and what became of it.
public struct MessagingFigures: Sendable {
  /// How many messages of a type and status were begun in a period.
  public struct Volume: Equatable, Sendable {
    public var period: String
    public var type: MessageType
    public var status: MessageStatus
    public var count: Int
  }

  /// How often people opened and clicked, every event counted.
  public struct Deeds: Equatable, Sendable {
    public var opens: Int
    public var clicks: Int
  }

  /// How the messages made from a template did.
  public struct TemplateUse: Equatable, Sendable {
    public var id: String
    public var name: String
    public var messages: Int
    public var sent: Int
    public var opened: Int
    public var clicked: Int
  }

  /// Recipients of the messages sent in the range.
  public var sent: Int
  public var delivered: Int
  public var opened: Int
  public var clicked: Int
  public var failed: Int
  public var bounced: Int
  public var unsubscribed: Int
  public var complained: Int
  public var volume: [Volume]
  /// 24, from midnight in the organization's zone.
  public var byHour: [Deeds]
  /// 7, from Monday.
  public var byWeekday: [Deeds]
  /// The most opened first.
  public var topTemplates: [TemplateUse]
  public var topLinks: [MessageFigures.Link]
  /// Millionths of a currency, by its name.
  public var smsCost: [(currency: String, amount: Int)]
}
