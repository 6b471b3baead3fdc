import ArgumentParser

/// `payback roi`: what a case is worth.
struct ROICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roi",
        abstract: "What a case costs, what it is worth, and how sure that is.",
        discussion: """
            A scenario is a YAML file of drivers, costs and values (docs/scenarios.md); built-in ones need no file.

            Examples:
              payback roi run --template coding-assistant
              payback roi init customer-support --output support.yaml
              payback roi run support.yaml --set horizon_months=36 --format html --output case.html
              payback roi simulate support.yaml --draws 100000 --seed 7
            """,
        subcommands: [
            ROIRunCommand.self, ROISimulateCommand.self, ROISensitivityCommand.self, ROICompareCommand.self,
            ROITemplatesCommand.self, ROIInitCommand.self,
        ])
}

/// How a document is shown.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html
}
