/// What may stand between `<` and `>` of an envelope.
enum EnvelopeAddress {
  /// What becomes of a message whose sender or recipient cannot stand there; nil where both can.
  static func refusal(of outgoing: Outgoing) -> DeliveryOutcome? {
    [outgoing.sender, outgoing.recipient].first { !isSafe($0) }.map { address in
      .refused("\(ServerWords.line(address)) cannot stand in an envelope", isHardBounce: false)
    }
  }

  /// Whether the text is one word that cannot end the brackets or the line; the empty sender is one too.
  private static func isSafe(_ address: String) -> Bool {
    address.unicodeScalars.allSatisfy { scalar in
      scalar != "<" && scalar != ">" && !scalar.properties.isWhitespace
        && scalar.properties.generalCategory != .control
    }
  }
}
