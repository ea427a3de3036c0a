// swift-tools-version: 6.0
import PackageDescription

/// A release build carries the Swift runtime, SQLite and Argon2 inside the executable: start-up is three
/// times faster than with Swift's shared libraries, nothing of Swift need be installed where it runs, and
/// the loader, which took half of what was left, has no symbols of C++ and SQLite to look up. The files in
/// `scripts/static` make the linker take archives; only lld finds what it needs in them in any order.
/// No debugging information goes into it, nor the compiler's hashes: those depend on the folder it was built in, and
/// without them the same source gives the same bytes anywhere. Names of functions stay. What the loader has filled in
/// is read-only then.
/// Debug builds stay dynamic, because the test runner links them dynamically.
let staticLibraries: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-use-ld=lld", "-L\(Context.packageDirectory)/scripts/static", "-Xclang-linker",
      "-static-libgcc", "-Xlinker", "--no-export-dynamic", "-Xlinker", "--strip-debug", "-Xlinker",
      "\(Context.packageDirectory)/scripts/static/module-hashes.ld", "-Xlinker", "-znow",
    ], .when(configuration: .release))
]

/// libFuzzer's program needs an instrumented build of its own, so that `make fuzz` alone asks for it.
let fuzzing: [Target] =
  Context.environment["CARESPHERE_FUZZ"] == nil
  ? []
  : [.executableTarget(name: "caresphere-fuzz", dependencies: ["FuzzOracles"], path: "Tests/Fuzz/Driver")]

let package = Package(
  name: "caresphere",
  products: [.executable(name: "caresphere", targets: ["caresphere"])],
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CArgon2", providers: [.apt(["libargon2-dev"])]),
    .target(name: "CRuntime"),
    .target(name: "TextFormats"),
    .target(name: "SQLiteStore", dependencies: ["CSQLite", "CRuntime"]),
    .target(name: "CareSphereKit", dependencies: ["SQLiteStore", "TextFormats", "CArgon2", "CRuntime"]),
    .target(name: "CommandLineKit", dependencies: ["TextFormats"]),
    .target(
      name: "CareSphereCLI",
      dependencies: ["CareSphereKit", "CommandLineKit", "TextFormats", "CRuntime"]),
    .executableTarget(
      name: "caresphere", dependencies: ["CareSphereCLI"], linkerSettings: staticLibraries),
    .executableTarget(
      name: "rendering-benchmark", dependencies: ["CareSphereKit", "TextFormats"],
      path: "Tests/Benchmarks/Rendering"),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(
      name: "FuzzOracles",
      dependencies: ["CareSphereCLI", "CareSphereKit", "CommandLineKit", "SQLiteStore", "TextFormats"],
      path: "Tests/Fuzz/Oracles"),
    .testTarget(name: "TextFormatsTests", dependencies: ["TextFormats", "TestSupport"]),
    .testTarget(name: "SQLiteStoreTests", dependencies: ["SQLiteStore", "TestSupport"]),
    .testTarget(
      name: "CareSphereKitTests",
      dependencies: ["CareSphereKit", "SQLiteStore", "TextFormats", "TestSupport"]),
    .testTarget(
      name: "CommandLineKitTests", dependencies: ["CommandLineKit", "TextFormats", "TestSupport"],
      exclude: ["Snapshots"]),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzOracles", "TestSupport"]),
    .testTarget(name: "CareSphereCLITests", dependencies: ["CareSphereCLI", "TestSupport"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["TestSupport", "TextFormats", "caresphere"]),
  ] + fuzzing,
  swiftLanguageModes: [.v6]
)
