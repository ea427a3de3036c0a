/// Lengths of time as flags and the configuration write them: `50s 5m 4h 3d`.
public enum DurationText {
  /// The seconds of a whole number with a unit; nil for anything else.
  public static func seconds(_ text: String) -> Int? {
    guard let unit = text.last, let number = Int(text.dropLast()), number >= 0, text.first != "+" else {
      return nil
    }
    let scale: Int
    switch unit {
    case "s": scale = 1
    case "m": scale = 60
    case "h": scale = 3600
    case "d": scale = 86_400
    default: return nil
    }
    let (seconds, overflow) = number.multipliedReportingOverflow(by: scale)
    return overflow ? nil : seconds
  }

  /// A number of seconds in the largest unit of which it is a multiple.
  public static func text(seconds: Int) -> String {
    let units = [("d", 86_400), ("h", 3600), ("m", 60)]
    let unit = units.first { seconds >= $0.1 && seconds % $0.1 == 0 } ?? ("s", 1)
    return "\(seconds / unit.1)\(unit.0)"
  }
}
