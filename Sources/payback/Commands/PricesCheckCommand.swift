import ArgumentParser
import Documents
import Inputs
import Pricing

/// `payback prices check`: what cannot be right in a list of prices.
struct PricesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find prices that cannot be right; exits with 65 where there are errors.",
        discussion: """
            Reads a book or overlay of our own format (YAML or JSON) or a LiteLLM cost map; without a file, the
            shipped book.

            Example: payback prices check our-prices.yaml
            """)

    @Argument(help: "The file; the shipped price book where absent.")
    var file: String?

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    mutating func run() async throws {
        let command = self
        try await reportingFailures { try command.check() }
    }

    private func check() throws {
        let book = try read()
        let findings = book.check()
        switch format {
        case .text: try outputOptions.write(text(findings, book))
        case .json: try outputOptions.write(json(findings, book).text)
        }
        if findings.contains(where: { $0.severity == .error }) { throw ExitCode(SystemExit.data.rawValue) }
    }

    private func read() throws(InputError) -> PriceBook {
        guard let file else { return try PriceBook.shipped() }
        let read = try PriceFile.read(file)
        StandardError.show(read.diagnostics)
        return read.book
    }

    private func text(_ findings: [PriceFinding], _ book: PriceBook) -> String {
        let errors = findings.filter { $0.severity == .error }.count
        let summary =
            "\(book.models.count) models, \(book.discounts.count) discounts: "
            + "\(errors) errors, \(findings.count - errors) warnings\n"
        if findings.isEmpty { return summary }
        var table = PlainTable([
            ("Severity", .left), ("Provider", .left), ("Model", .left), ("Rule", .left), ("What is wrong", .left),
        ])
        for finding in findings {
            table.add([
                finding.severity.rawValue, finding.provider, finding.model, finding.rule.rawValue, finding.message,
            ])
        }
        return table.text + "\n" + summary
    }

    private func json(_ findings: [PriceFinding], _ book: PriceBook) -> JSONOutput {
        let rows = findings.map { finding -> JSONOutput in
            [
                "severity": .string(finding.severity.rawValue), "provider": .string(finding.provider),
                "model": .string(finding.model), "rule": .string(finding.rule.rawValue),
                "message": .string(finding.message),
            ]
        }
        let errors = findings.filter { $0.severity == .error }.count
        return [
            "version": .string(book.version), "models": .integer(Int64(book.models.count)),
            "errors": .integer(Int64(errors)), "warnings": .integer(Int64(findings.count - errors)),
            "findings": .array(rows),
        ]
    }
}
