import ArgumentParser
import Domain
import Importing
import Inputs
import Pricing

/// Which files are read, and how.
struct InputOptions: ParsableArguments {
    @Argument(help: "Files or quoted patterns, plain, gzip or zstd; - reads standard input.")
    var files: [String] = []

    @Option(
        help: "The format, where it should not be detected: \(FormatRegistry.all.map(\.name).joined(separator: ", ")).")
    var source: String?

    @Option(help: "A YAML file that names the columns, left the record's field, right the column: model: model_name.")
    var mapping: String?

    @Option(help: "Your own prices and discounts, laid over the price book (docs/prices.md).")
    var prices: String?

    /// The format that the user asked for.
    func format() throws -> (any UsageFormat)? {
        if let mapping {
            if let source, source != "generic" {
                throw ValidationError("--mapping belongs to the generic format; leave --source \(source) out.")
            }
            return GenericFormat(mapping: try ColumnMapping(YAMLDocument(path: mapping)))
        }
        guard let source else { return nil }
        guard let format = FormatRegistry.named(source) else {
            let known = FormatRegistry.all.map(\.name).joined(separator: ", ")
            throw ValidationError("There is no format \(source). The formats are: \(known).")
        }
        return format
    }

    /// The files behind the arguments, patterns expanded.
    func expandedFiles() throws(InputError) -> [String] {
        var expanded: [String] = []
        for file in files { expanded += try FilePattern.expand(file) }
        return expanded
    }

    /// A run over the files, and the prices that it applies.
    func run(keepsPromptText: Bool) throws -> (run: ImportRun, book: PriceBook) {
        let book = try PriceBook.loading(overlay: prices)
        let options = ImportRun.Options(
            format: try format(), prices: book, keepsPromptText: keepsPromptText, width: ProcessorCount.current)
        return (ImportRun(options: options), book)
    }
}
