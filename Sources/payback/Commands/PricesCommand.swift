import ArgumentParser

/// `payback prices`: the price book.
struct PricesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices",
        abstract: "What models cost, since when, and according to whom.",
        discussion: """
            Prices are in USD per million tokens. Lay your own over them with --prices FILE (docs/prices.md).

            Examples:
              payback prices list --provider anthropic
              payback prices show gpt-5 --at 2026-01-01
              payback prices check our-prices.yaml
              payback prices import model_prices.json --output prices.json
            """,
        subcommands: [
            PricesListCommand.self, PricesShowCommand.self, PricesCheckCommand.self, PricesImportCommand.self,
        ])
}
