package import Domain
package import Inputs
internal import JSONScan

/// A file of prices: a book or overlay in our own format, as YAML or JSON, or a cost map of LiteLLM.
package struct PriceFile: Sendable {
    /// What kind of file it is.
    package enum Format: String, Sendable {
        /// Our own format.
        case payback
        /// LiteLLM's map.
        case litellm
    }

    /// The kind.
    package let format: Format
    /// The prices.
    package let book: PriceBook
    /// What a person should know about the reading.
    package let diagnostics: Diagnostics

    /// Reads a file.
    ///
    /// - Parameter version: the version of a book that does not name its own, as a map of LiteLLM.
    /// - Throws: ``InputError`` where it cannot be read or is no list of prices.
    package static func read(_ path: String, version: String = "litellm") throws(InputError) -> PriceFile {
        try parse(try TextFile.read(path), file: path, version: version)
    }

    /// Reads a text; see ``read(_:version:)``.
    package static func parse(
        _ text: String, file: String, version: String = "litellm"
    ) throws(InputError) -> PriceFile {
        let isJSON = text.first { !$0.isWhitespace } == "{"
        let root = try isJSON ? json(text, file: file) : YAMLDocument(text: text, file: file).root
        if LiteLLMCostMap.recognises(root) {
            let map = try LiteLLMCostMap.read(root, version: version, file: file)
            return PriceFile(format: .litellm, book: map.book, diagnostics: map.diagnostics)
        }
        guard root["models"] != nil || root["discounts"] != nil else {
            throw InputError(
                .unrecognised, file: file,
                "It is no list of prices: neither models nor discounts stand in it, and it is not a LiteLLM cost map.")
        }
        return try ownFormat(root, text: text, file: file)
    }

    private static func ownFormat(_ root: JSONValue, text: String, file: String) throws(InputError) -> PriceFile {
        let book = try ownBook(root, text: text, file: file)
        var diagnostics = Diagnostics()
        let repeated = (root["models"]?.elements.count ?? 0) - book.models.count
        if repeated > 0 {
            let message = "Models stand more than once; the last entry of each counts."
            diagnostics.add(Diagnostic("model_twice", message, file: file, count: repeated))
        }
        return PriceFile(format: .payback, book: book, diagnostics: diagnostics)
    }

    private static func ownBook(_ root: JSONValue, text: String, file: String) throws(InputError) -> PriceBook {
        do { return try PriceBookReader(file: file, line: { _ in nil }).book(root) } catch {
            // Only a fault is worth the slower reading, which knows the lines of keys.
            let document = try YAMLDocument(text: text, file: file)
            return try PriceBookReader(file: file, line: { document.line(of: $0) }).book(document.root)
        }
    }

    private static func line(of position: Int, in text: String) -> Int {
        text.utf8.prefix(position).reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    }

    private static func json(_ text: String, file: String) throws(InputError) -> JSONValue {
        do { return try JSONValue.parse(text) } catch {
            let line = error.position.map { Self.line(of: $0, in: text) }
            throw InputError(.malformed, file: file, line: line, "It is not JSON: \(error.reason).")
        }
    }
}

extension PriceBook {
    /// Lays another book's prices and discounts over this one.
    package func overlaid(with overlay: PriceBook) -> PriceBook {
        var book = self
        for model in overlay.models { book.add(model) }
        book.discounts += overlay.discounts
        book.sources.merge(overlay.sources) { $1 }
        book.version += "+" + overlay.version
        return book
    }
}
