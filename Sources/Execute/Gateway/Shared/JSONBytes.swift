internal import JSONScan

/// Writes small JSON objects, in order, without building them first.
struct JSONBytes {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Begins an object: the outermost, or the value of a key.
    mutating func begin(_ key: String? = nil) {
        open(key)
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    /// Begins an object in an array.
    mutating func beginElement() { begin(nil) }

    /// Ends an object.
    mutating func end() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Begins an array.
    mutating func beginArray(_ key: String) {
        open(key)
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    /// Ends an array.
    mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Adds a text.
    mutating func add(_ key: String, _ text: String) {
        open(key)
        bytes.append(UInt8(ascii: "\""))
        bytes += JSONText.escaped(text).utf8
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds a number as it is written; `null` where there is none.
    mutating func add(_ key: String, number: String?) {
        open(key)
        bytes += (number ?? "null").utf8
    }

    /// Adds a truth value.
    mutating func add(_ key: String, _ value: Bool) {
        open(key)
        bytes += (value ? "true" : "false").utf8
    }

    private mutating func open(_ key: String?) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        guard let key else { return }
        bytes.append(UInt8(ascii: "\""))
        bytes += key.utf8
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }
}
