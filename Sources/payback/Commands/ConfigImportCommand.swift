import ArgumentParser
import Gateway
import Inputs
import JSONScan

/// `payback config import`.
struct ConfigImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take another gateway's configuration over.",
        discussion: """
            Models, fallbacks, budgets and, with --keys, keys by their hashes, so that callers keep their keys. What has
            no counterpart stands in the result as a comment. Secrets are never copied.

            Example: payback config import litellm config.yaml --keys keys.jsonl --output payback.yaml
            """)

    @Argument(help: "Whose configuration: litellm.")
    var source: String

    @Argument(help: "The file.")
    var file: String

    @Option(help: "Rows of the table LiteLLM_VerificationToken, as JSON or JSON lines.")
    var keys: String?

    @OptionGroup var outputOptions: OutputOptions

    func validate() throws {
        if source != "litellm" { throw ValidationError("\(source) cannot be taken over; litellm can.") }
    }

    func run() async throws {
        try await reportingFailures {
            let takeover = try LiteLLMTakeover(YAMLDocument(path: file), keys: keys.map(Self.rows) ?? [])
            for note in takeover.notes { StandardError.print("not taken over: \(note)") }
            try outputOptions.write(takeover.text)
        }
    }

    /// The objects of a JSON array, or one on each line.
    private static func rows(_ path: String) throws(InputError) -> [JSONValue] {
        let text = try TextFile.read(path)
        if let whole = try? JSONValue.parse(text), case .array(let rows) = whole { return rows }
        // As /key/list answers.
        if let whole = try? JSONValue.parse(text), case .array(let rows)? = whole["keys"] { return rows }
        var rows: [JSONValue] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            do throws(JSONScanError) { rows.append(try JSONValue.parse(String(line))) } catch {
                throw InputError(.malformed, file: path, line: number + 1, "It is not JSON: \(error.reason).")
            }
        }
        return rows
    }
}
