package import Documents
package import Inputs
internal import JSONScan

/// A model of what could be saved: read from a file, shown as a page and as JSON.
package protocol SavingsModel: Sendable {
    /// The built-in example, as a file that a user could have written.
    static var example: String { get }

    /// Reads a file.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    init(_ document: YAMLDocument) throws(RefusedInput)

    /// For programs.
    var json: JSONOutput { get }

    /// For people.
    var document: Document { get }
}

extension SavingsModel {
    /// The example as a file.
    package static func exampleDocument() throws(InputError) -> YAMLDocument {
        try YAMLDocument(text: example, file: "the example")
    }
}

extension InputSection {
    /// A section that is a whole file and may not be empty.
    static func root(_ document: YAMLDocument, allowing keys: [String]) -> InputSection {
        let root = InputSection(context: Context(document: document))
        if root.value.members.isEmpty {
            root.complain(nil, "a mapping of keys was expected: \(keys.joined(separator: ", "))")
        } else {
            root.allow(keys)
        }
        return root
    }

    /// A number that has to be there; a stand-in where it is not, once that has been complained about.
    func needed(_ key: String, _ range: ClosedRange<Double>) -> Double {
        if value[key] == nil || value[key] == .null { complain(key, "it is missing; a number was expected") }
        return fraction(key, range) ?? range.lowerBound
    }

    /// A fraction between 0 and 1.
    func share(_ key: String) -> Double? { fraction(key, 0...1) }
}

extension JSONOutput.Member {
    /// A number that may not exist.
    init(_ name: String, _ value: Double?) { self.init(name, JSONOutput.fraction(value)) }
}
