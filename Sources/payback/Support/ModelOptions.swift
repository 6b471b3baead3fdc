import ArgumentParser
import Documents
import Inputs
import Savings

/// Which assumptions, and how the answer is shown.
struct ModelOptions: ParsableArguments {
    @Argument(help: "Assumptions in YAML or JSON.")
    var file: String?

    @Flag(help: "The built-in example.")
    var example = false

    @Flag(help: "Write the built-in example as a file to begin with, and stop.")
    var printExample = false

    @Option(name: .customLong("set"), help: "A value set from outside: key=value, a.b=value; repeatable.")
    var overrides: [String] = []

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        if file != nil, example { throw ValidationError("Name a file or take the --example, not both.") }
        for text in overrides where FieldOverride(text) == nil {
            throw ValidationError("--set \(text) is not understood; write --set key=value.")
        }
    }

    /// Refuses where nothing says what to model.
    ///
    /// - Parameter isGiven: whether the assumptions come from elsewhere.
    func checkSource(isGiven: Bool = false) throws {
        if file == nil, !example, !printExample, !isGiven {
            throw ValidationError("Name a file, or take the built-in --example; --print-example writes one to change.")
        }
    }

    /// What is set from outside.
    var changes: [FieldOverride] { overrides.compactMap { FieldOverride($0) } }

    /// The file, or the example, with values set from outside.
    func document(example text: String) throws -> YAMLDocument {
        let document = try file.map { try YAMLDocument(path: $0) } ?? YAMLDocument(text: text, file: "the example")
        return document.applying(changes)
    }

    /// Reads a model and writes what it says.
    func run<Model: SavingsModel>(_ model: Model.Type) async throws {
        try await reportingFailures {
            if printExample { return try outputOptions.write(Model.example + "\n") }
            try write(try Model(document(example: Model.example)))
        }
    }

    /// Writes an answer.
    func write(_ model: some SavingsModel) throws {
        try outputOptions.write(model.document, model.json, as: format)
    }
}
