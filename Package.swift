// swift-tools-version: 6.0
import PackageDescription

/// A release build carries the Swift runtime inside the executable: start-up is three times faster
/// and nothing of Swift need be installed where it runs. Debug builds stay dynamic, because the test
/// runner links them dynamically.
let staticRuntime: [LinkerSetting] = [
  .unsafeFlags(["-static-stdlib"], .when(configuration: .release)),
  .linkedLibrary("_FoundationCShims", .when(configuration: .release)),
  .linkedLibrary("_FoundationCollections", .when(configuration: .release)),
]

let package = Package(
  name: "caresphere",
  products: [.executable(name: "caresphere", targets: ["caresphere"])],
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CArgon2", providers: [.apt(["libargon2-dev"])]),
    .target(name: "CRuntime"),
    .target(name: "TextFormats"),
    .target(name: "SQLiteStore", dependencies: ["CSQLite", "CRuntime"]),
    .target(name: "CareSphereKit", dependencies: ["SQLiteStore", "TextFormats", "CArgon2"]),
    .target(name: "CommandLineKit", dependencies: ["TextFormats"]),
    .target(
      name: "CareSphereCLI",
      dependencies: ["CareSphereKit", "CommandLineKit", "TextFormats", "CRuntime"]),
    .executableTarget(
      name: "caresphere", dependencies: ["CareSphereCLI"], linkerSettings: staticRuntime),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "TextFormatsTests", dependencies: ["TextFormats", "TestSupport"]),
    .testTarget(name: "SQLiteStoreTests", dependencies: ["SQLiteStore", "TestSupport"]),
    .testTarget(
      name: "CareSphereKitTests",
      dependencies: ["CareSphereKit", "SQLiteStore", "TextFormats", "TestSupport"]),
    .testTarget(
      name: "CommandLineKitTests", dependencies: ["CommandLineKit", "TextFormats", "TestSupport"],
      exclude: ["Snapshots"]),
    .testTarget(name: "CareSphereCLITests", dependencies: ["CareSphereCLI", "TestSupport"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["TestSupport", "TextFormats", "caresphere"]),
  ],
  swiftLanguageModes: [.v6]
)
