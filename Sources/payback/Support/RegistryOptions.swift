import ArgumentParser
import Gateway
import Registry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which registry of keys and budgets.
struct RegistryOptions: ParsableArguments {
    @Option(
        help:
            "The file of keys and budgets (PAYBACK_REGISTRY, else what the configuration names, else payback-registry.sqlite)."
    )
    var registry: String?

    @OptionGroup var configuration: ConfigurationOptions

    /// Opens the registry.
    func open(mustExist: Bool) throws -> RegistryStore {
        try RegistryStore(path: path(), mustExist: mustExist)
    }

    /// The registry where nobody names another.
    static func usual() throws -> RegistryStore { try RegistryOptions.parse([]).open(mustExist: true) }

    /// Whether there is a registry yet.
    func exists() throws -> Bool { access(try path(), F_OK) == 0 }

    private func path() throws -> String {
        try registry ?? Self.environment ?? configuration.load().configuration.registry
    }

    /// The file that the environment names; the gateway and the commands have to mean the same.
    static var environment: String? { getenv("PAYBACK_REGISTRY").map { String(cString: $0) } }
}
