import ArgumentParser
import Documents
import ROI

/// `payback roi templates`: the built-in scenarios.
struct ROITemplatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates", abstract: "The built-in scenarios, and where their numbers are from.",
        discussion: "Example: payback roi templates")

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            try outputOptions.write(Self.document, Self.json, as: format)
        }
    }

    private static var json: JSONOutput {
        [
            "templates": .array(
                ScenarioTemplate.all.map {
                    ["name": .string($0.name), "purpose": .string($0.purpose), "source": .string($0.source)]
                })
        ]
    }

    private static var document: Document {
        let rows = ScenarioTemplate.all.map { Row([Cell($0.name), Cell($0.purpose)], detail: $0.source) }
        var table = Table("", columns: [Column("Template", isCode: true), Column("For")], rows: rows)
        table.detailTitle = "Source"
        return Document(
            title: "Built-in scenarios", subtitle: "Each runs as it is, and is written to a file to be changed.",
            blocks: [
                .table(table),
                .hint(Hint("Write one to a file:", command: "payback roi init coding-assistant --output case.yaml")),
            ])
    }
}
