// swift-tools-version: 6.2
import PackageDescription

// The layout tells the story: Audit → Value → Model → Execute → Report over Core. A stage's targets appear here once
// they hold code; docs/ARCHITECTURE.md has the whole map and the arrows that the build checks.

/// Compiler rules of every Swift target.
let rules: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Scanners and folds run over millions of records even in a test, so they are optimised in debug builds too.
let optimised: [SwiftSetting] =
    rules + [
        .unsafeFlags(["-O"], .when(configuration: .debug)),
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    ]

/// A Swift target in a stage's folder.
func stage(
    _ folder: String, _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = rules
) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(folder)/\(name)", swiftSettings: settings)
}

/// A test target that mirrors a source folder.
func tests(_ folder: String, _ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], path: "Tests/\(folder)/\(name)Tests",
        swiftSettings: rules)
}

let package = Package(
    name: "payback",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "payback", targets: ["payback"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // Core
        .target(
            name: "CSimdJSON", path: "Sources/Core/CSimdJSON",
            cxxSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
            linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CPriceBook", path: "Sources/Core/CPriceBook", exclude: ["price-book.json"]),
        .systemLibrary(
            name: "CZlib", path: "Sources/Core/CCompression/zlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CZstd", path: "Sources/Core/CCompression/zstd", pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter", path: "Sources/Core/CXlsxWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(
            name: "CLapacke", path: "Sources/Core/CLapacke", pkgConfig: "lapacke",
            providers: [.apt(["liblapacke-dev", "libopenblas-serial-dev"]), .brew(["lapack"])]),
        .systemLibrary(
            name: "CNLopt", path: "Sources/Core/CNLopt", pkgConfig: "nlopt",
            providers: [.apt(["libnlopt-dev"]), .brew(["nlopt"])]),
        .target(
            name: "CMail", path: "Sources/Core/CMail", linkerSettings: [.linkedLibrary("curl")]),
        stage("Core", "Domain", settings: optimised),
        stage("Core", "JSONScan", ["CSimdJSON"], settings: optimised),
        .target(
            name: "CBoostMath", path: "Sources/Core/CBoostMath",
            cxxSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
        .target(
            name: "CColumns", path: "Sources/Core/CColumns",
            cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=off"])]),
        stage("Core", "Statistics", ["CBoostMath", "CColumns", "CLapacke", "CNLopt"], settings: optimised),
        stage(
            "Core", "Inputs", ["Domain", "JSONScan", "CZlib", "CZstd", .product(name: "Yams", package: "Yams")],
            settings: optimised),
        stage("Core", "Documents", ["Domain"]),
        stage(
            "Core", "Prompts", ["Domain", "JSONScan", .product(name: "Crypto", package: "swift-crypto")],
            settings: optimised),
        stage(
            "Core", "Providers",
            ["Domain", "JSONScan", "CZlib", .product(name: "Crypto", package: "swift-crypto")], settings: optimised),
        stage("Core", "Pricing", ["Domain", "Inputs", "JSONScan", "CPriceBook"], settings: optimised),
        stage("Core", "Ledger", ["Domain"], settings: optimised),
        stage(
            "Core", "LedgerSQLite",
            [
                "Domain", "Ledger", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            settings: optimised),
        stage(
            "Core", "Registry",
            [
                "Domain", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "Sampling", dependencies: ["Statistics"], path: "Sources/Sampling", swiftSettings: optimised),
        // Audit
        stage(
            "Audit", "Importing", ["Domain", "Inputs", "JSONScan", "Ledger", "Pricing", "Prompts", "Providers"],
            settings: optimised),
        stage(
            "Audit", "Auditing", ["Domain", "Documents", "Inputs", "Ledger", "Pricing", "Prompts"], settings: optimised),
        // Value
        stage(
            "Value", "Productivity", ["Documents", "Domain", "Inputs", "JSONScan", "Statistics"], settings: optimised),
        stage(
            "Value", "Attribution", ["Documents", "Domain", "Inputs", "JSONScan", "Statistics"], settings: optimised),
        // Model
        stage(
            "Model", "ROI", ["CColumns", "Documents", "Domain", "Inputs", "JSONScan", "Statistics"], settings: optimised
        ),
        stage(
            "Model", "Savings",
            ["Auditing", "Documents", "Domain", "Inputs", "JSONScan", "Policy", "Pricing", "Statistics"],
            settings: optimised),
        // Execute
        stage(
            "Execute", "Policy", ["Domain", "Documents", "Inputs", "JSONScan", "Pricing", "Statistics"],
            settings: optimised),
        stage(
            "Execute", "Gateway",
            [
                "Documents", "Domain", "Inputs", "JSONScan", "Ledger", "Policy", "Pricing", "Prompts", "Providers",
                "Registry", "Statistics", .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            settings: optimised),
        // Report
        stage("Report", "Workbooks", ["CXlsxWriter"]),
        stage(
            "Report", "Reports",
            [
                "Auditing", "Documents", "Domain", "Inputs", "JSONScan", "Ledger", "Pricing", "Productivity", "ROI",
                "Registry", "Statistics", "Workbooks",
            ]),
        stage(
            "Report", "Dashboard",
            [
                "Auditing", "Documents", "Domain", "Inputs", "JSONScan", "Ledger", "Policy", "Pricing", "Productivity",
                "ROI", "Registry", "Reports", "Statistics", "Workbooks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        // The command line: the only place that wires things together.
        .executableTarget(
            name: "payback",
            dependencies: [
                "Attribution", "Auditing", "CMail", "Dashboard", "Documents", "Domain", "Gateway", "Importing",
                "Inputs",
                "Ledger",
                "LedgerSQLite", "Policy", "Pricing", "JSONScan", "Productivity", "Prompts", "Providers", "ROI",
                "Registry", "Reports", "Sampling",
                "Savings",
                "Statistics", "Workbooks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Sources/payback", swiftSettings: rules),
        // Tests
        .executableTarget(
            name: "fake-provider",
            dependencies: [
                "Domain", "GatewayTestSupport", "Providers",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/FakeServer", swiftSettings: rules),
        .target(
            name: "TestSupport", dependencies: ["Domain", "Ledger"], path: "Tests/TestSupport", swiftSettings: rules),
        .target(
            name: "GatewayTestSupport",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/GatewayTestSupport", swiftSettings: rules),
        tests("Core", "Documents", ["Documents", "Domain"]),
        tests("Core", "Domain", ["Domain"]),
        tests("Core", "Inputs", ["Inputs"]),
        tests("Core", "JSONScan", ["JSONScan"]),
        tests(
            "Core", "Ledger", ["Domain", "Ledger", "LedgerSQLite", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("Core", "Pricing", ["Domain", "Inputs", "JSONScan", "Pricing"]),
        tests("Core", "Prompts", ["Domain", "Prompts"]),
        tests("Core", "Providers", ["Domain", "JSONScan", "Providers"]),
        tests("Core", "Registry", ["Domain", "Registry"]),
        tests("Core", "Statistics", ["Statistics"]),
        tests("Value", "Productivity", ["Documents", "Domain", "Inputs", "Productivity", "Statistics"]),
        tests(
            "Value", "Attribution", ["Attribution", "Documents", "Domain", "Inputs", "JSONScan", "Statistics"]),
        tests("Model", "ROI", ["Documents", "Domain", "Inputs", "ROI", "Statistics"]),
        tests(
            "Execute", "Gateway",
            [
                "Domain", "Gateway", "GatewayTestSupport", "Inputs", "JSONScan", "Ledger", "Policy", "Pricing",
                "Prompts",
                "Providers", "Registry", "Statistics", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        tests(
            "Model", "Savings",
            ["Documents", "Domain", "Inputs", "JSONScan", "Ledger", "Policy", "Pricing", "Savings", "Statistics"]),
        tests("Execute", "Policy", ["Documents", "Domain", "Inputs", "JSONScan", "Policy", "Pricing", "Statistics"]),
        tests(
            "Report", "Reports",
            [
                "Documents", "Domain", "Inputs", "Ledger", "Pricing", "Productivity", "ROI", "Reports", "Statistics",
                "Workbooks",
            ]),
        tests(
            "Report", "Dashboard",
            [
                "Dashboard", "Documents", "Domain", "JSONScan", "Ledger", "Policy", "Pricing", "ROI", "Registry",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]),
        .testTarget(
            name: "SamplingTests", dependencies: ["Domain", "Importing", "Inputs", "JSONScan", "Pricing", "Sampling"],
            path: "Tests/SamplingTests", swiftSettings: rules),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "payback", "Domain", "GatewayTestSupport", "Inputs", "JSONScan", "Ledger", "LedgerSQLite", "Policy",
                "Registry",
                "TestSupport",
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], path: "Tests/CommandLineTests", swiftSettings: rules),
        tests("Audit", "Auditing", ["Auditing", "Documents", "Domain", "Importing", "Inputs", "Ledger", "Pricing"]),
        tests("Audit", "Importing", ["Domain", "Importing", "Inputs", "JSONScan", "Ledger", "Pricing", "Prompts"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
