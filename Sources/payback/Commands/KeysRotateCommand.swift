import ArgumentParser
import Domain
import Registry

/// `payback keys rotate`.
struct KeysRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a key a new secret; the old one stops within a second.",
        discussion: "Example: payback keys rotate key_01JD3K5V8Q2M4N6P8R0S2T4V6X")

    @Argument(help: "The key's id, or its name where only one key has it.")
    var key: String

    @OptionGroup var registry: RegistryOptions

    func run() async throws {
        try await reportingFailures { try rotate() }
    }

    private func rotate() throws {
        let store = try registry.open(mustExist: true)
        let found = try store.key(named: key)
        guard found.isValid(at: .now) else {
            throw StandardError.fail(
                .usage,
                "\(found.id) was revoked or has expired; no secret makes it valid again. Make a new one: payback keys create"
            )
        }
        var random = SystemRandomNumberGenerator()
        let secret = KeySecret(using: &random)
        try store.rotate(found, to: secret, at: .now)
        try StandardOutput.write(secret.text + "\n")
        StandardError.print("This is the new secret of \(found.id). It is shown once: keep it now.")
    }
}
