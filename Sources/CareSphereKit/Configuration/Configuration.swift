import TextFormats

/// What the configuration file says; every key is optional.
public struct Configuration: Equatable, Sendable {
  public struct Organization: Equatable, Sendable {
    public var name: String?
    /// A name of the IANA time zone database.
    public var timezone: String?
    public var domain: String?
    /// Two letters, ISO 3166-1.
    public var defaultCountry: String?
  }

  public var organization = Organization()

  public init() {}

  /// Reads the file that `path` names, else the first of the default places that exists.
  /// - Throws: `CareError`: `.io` where the named file cannot be read, `.validation` where a file is wrong
  public static func load(path: String?, environment: [String: String]) throws -> Configuration {
    Configuration()
  }
}
