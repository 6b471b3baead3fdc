import ArgumentParser
import Domain
import Registry

/// `payback keys revoke`.
struct KeysRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key: it stops within a second, for good.",
        discussion: "Example: payback keys revoke key_01JD3K5V8Q2M4N6P8R0S2T4V6X")

    @Argument(help: "The key's id, or its name where only one key has it.")
    var key: String

    @OptionGroup var registry: RegistryOptions

    func run() async throws {
        try await reportingFailures {
            let store = try registry.open(mustExist: true)
            let found = try store.key(named: key)
            try store.revoke(found, at: .now)
            StandardError.print("\(found.id) is revoked.")
        }
    }
}
