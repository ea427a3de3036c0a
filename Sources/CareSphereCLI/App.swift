import CareSphereKit
import CommandLineKit

/// The program: from arguments to an exit status.
public enum App {
  public static func run(_ arguments: [String]) -> Int32 {
    0
  }
}
