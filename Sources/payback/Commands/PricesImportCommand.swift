import ArgumentParser
import Inputs
import Pricing

/// `payback prices import`: LiteLLM's cost map in our own format.
struct PricesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn a LiteLLM cost map into a price file of our own.",
        discussion: """
            What could not be taken over is told on standard error. Use the result with --prices.

            Example: payback prices import model_prices.json --output prices.json
            """)

    @Argument(help: "The map, JSON or YAML.")
    var file: String

    @Option(help: "The version that records priced with it will keep.")
    var name = "litellm"

    @OptionGroup var outputOptions: OutputOptions

    mutating func run() async throws {
        let command = self
        try await reportingFailures { try command.convert() }
    }

    private func convert() throws {
        let read = try PriceFile.read(file, version: name)
        guard read.format == .litellm else {
            throw InputError(
                .unrecognised, file: file, "It is not a LiteLLM cost map; it is in our own format already.")
        }
        StandardError.show(read.diagnostics)
        try outputOptions.write(read.book.fileText)
        StandardError.print("\(read.book.models.count) models were taken over.")
    }
}
