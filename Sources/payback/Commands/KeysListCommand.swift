import ArgumentParser
import Dashboard
import Documents
import Domain
import Registry

/// `payback keys list`.
struct KeysListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All keys: whom they are for, and whether they are valid.",
        discussion: "Example: payback keys list")

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures { try list() }
    }

    private func list() throws {
        let keys = try registry.open(mustExist: true).keys()
        switch format {
        case .text:
            guard !keys.isEmpty else {
                return try outputOptions.write("There are no keys yet. Make one: payback keys create --customer NAME\n")
            }
            var table = PlainTable([
                ("id", .left), ("secret", .left), ("name", .left), ("customer", .left), ("feature", .left),
                ("team", .left), ("state", .left),
            ])
            for key in keys {
                table.add([
                    key.id, key.hint.map { $0 + "…" } ?? "-", key.name ?? "-", key.customer ?? "-", key.feature ?? "-",
                    key.team ?? "-", key.state(at: .now),
                ])
            }
            try outputOptions.write(table.text)
        case .json: try outputOptions.write(JSONOutput.array(keys.map(\.json)).text)
        }
    }
}
