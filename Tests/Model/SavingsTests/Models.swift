import Documents
import Inputs
import JSONScan
import Savings

/// Models for tests.
enum Models {
    /// Reads a file, with values set from outside.
    static func read<Model: SavingsModel>(
        _ type: Model.Type, _ text: String, _ overrides: [String] = []
    ) throws -> Model {
        let document = try YAMLDocument(text: text, file: "case.yaml")
        return try Model(document.applying(overrides.compactMap { FieldOverride($0) }))
    }

    /// Reads the built-in example, with values set from outside.
    static func example<Model: SavingsModel>(_ type: Model.Type, _ overrides: [String] = []) throws -> Model {
        try read(type, Model.example, overrides)
    }

    /// What a program would read.
    static func json<Model: SavingsModel>(of model: Model) throws -> JSONValue {
        let text = model.json.text
        return try JSONValue.parse(text)
    }

    /// A number in it, by its keys from the root.
    static func number(_ json: JSONValue, _ keys: String...) -> Double? {
        var found: JSONValue? = json
        for key in keys { found = found?[key] }
        return found?.text.flatMap { Double($0) }
    }

    /// The page.
    static func page<Model: SavingsModel>(of model: Model) -> String { MarkdownRenderer().render(model.document) }

    /// Whether two numbers are the same but for rounding.
    static func close(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-9) -> Bool {
        guard let a, let b else { return false }
        return abs(a - b) <= tolerance * max(abs(b), 1)
    }
}
