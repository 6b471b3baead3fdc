package import Inputs

/// A scenario to begin with.
package struct ScenarioTemplate: Sendable {
    /// The name on the command line.
    package let name: String
    /// What it is for, in a sentence.
    package let purpose: String
    /// Where its model and numbers are from.
    package let source: String
    /// The scenario, as YAML.
    package let text: String

    /// All templates.
    package static let all: [ScenarioTemplate] = [
        llmProject, codingAssistant, customerSupport, conversationalAgent, codeReview, documentProcessing,
        selfHostedInference,
    ]

    /// A template by its name.
    package static func named(_ name: String) -> ScenarioTemplate? { all.first { $0.name == name } }

    /// The scenario as a document.
    ///
    /// - Throws: ``InputError`` where the text is no YAML.
    package func document() throws(InputError) -> YAMLDocument {
        try YAMLDocument(text: text, file: "template \(name)")
    }
}
