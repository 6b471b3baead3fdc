internal import JSONScan

extension SchemaCheck {
    func checkNumber(_ text: String, _ schema: JSONValue, at path: String) throws(Fault) {
        let value = Double(text) ?? .nan
        if let least = try limit("minimum", schema), !(value >= least) { throw .unfit(path, "is below the minimum") }
        if let most = try limit("maximum", schema), !(value <= most) { throw .unfit(path, "is above the maximum") }
        if let bound = try limit("exclusiveMinimum", schema), !(value > bound) {
            throw .unfit(path, "is not above the exclusive minimum")
        }
        if let bound = try limit("exclusiveMaximum", schema), !(value < bound) {
            throw .unfit(path, "is not below the exclusive maximum")
        }
    }

    func checkText(_ text: String, _ schema: JSONValue, at path: String) throws(Fault) {
        let count = text.unicodeScalars.count
        try checkCount(count, "Length", schema, at: path, "letters")
        if let pattern = schema["pattern"] { try checkPattern(text, pattern, at: path) }
        if let format = schema["format"]?.text, !SchemaFormats.fits(text, format) {
            throw .unfit(path, "has not the format \(format)")
        }
    }

    private func checkPattern(_ text: String, _ pattern: JSONValue, at path: String) throws(Fault) {
        guard case .string(let wanted) = pattern, let wanted = try? TextPattern(wanted) else {
            throw .unusable("has a pattern that cannot be used")
        }
        guard let isFound = wanted.isFound(in: text) else { throw .unusable("has a pattern that is too much work") }
        if !isFound { throw .unfit(path, "does not match the pattern") }
    }

    /// Checks `min…` and `max…` of a kind.
    func checkCount(_ count: Int, _ kind: String, _ schema: JSONValue, at path: String, _ unit: String) throws(Fault) {
        if let least = try limit("min\(kind)", schema), Double(count) < least {
            throw .unfit(path, "has too few \(unit): \(count)")
        }
        if let most = try limit("max\(kind)", schema), Double(count) > most {
            throw .unfit(path, "has too many \(unit): \(count)")
        }
    }

    /// A bound; Google's JSON writes counts as strings.
    private func limit(_ key: String, _ schema: JSONValue) throws(Fault) -> Double? {
        guard let value = schema[key] else { return nil }
        guard let limit = value.text.flatMap({ Double($0) }) else { throw .unusable("has a \(key) that is no number") }
        return limit
    }
}
