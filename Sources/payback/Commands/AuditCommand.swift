import ArgumentParser
import Auditing
import Documents
import Domain
import Importing
import Pricing
import Prompts

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "audit", abstract: "Where the money went.")
    @Argument var files: [String]
    mutating func run() async throws {
        var accumulator = AuditAccumulator(hasSeveralInputs: files.count > 1)
        let book = try PriceBook.shipped()
        let summary = try await ImportRun(options: .init(prices: book)).read(files: files, into: &accumulator)
        print(accumulator.findings(top: 10, run: summary).json.text, terminator: "")
    }
}
