internal import JSONScan

/// Writes a tree as JSON for people: what fits on a line stays on it. Numbers are written as they came.
enum JSONPrinter {
    static func text(_ value: JSONValue) -> String {
        var text = ""
        write(value, to: &text, indentation: 0)
        return text + "\n"
    }

    private static func write(_ value: JSONValue, to text: inout String, indentation: Int) {
        let line = compact(value)
        if indentation > 0, line.utf8.count + 2 * indentation <= 110 {
            text += line
            return
        }
        switch value {
        case .object(let members) where !members.isEmpty:
            write(members.map { (quoted($0.key) + ": ", $0.value) }, "{", "}", to: &text, indentation)
        case .array(let elements) where !elements.isEmpty:
            write(elements.map { ("", $0) }, "[", "]", to: &text, indentation)
        default: text += line
        }
    }

    private static func write(
        _ entries: [(label: String, value: JSONValue)], _ open: String, _ close: String, to text: inout String,
        _ indentation: Int
    ) {
        let blank = String(repeating: "  ", count: indentation + 1)
        text += open
        for (position, entry) in entries.enumerated() {
            text += (position > 0 ? ",\n" : "\n") + blank + entry.label
            write(entry.value, to: &text, indentation: indentation + 1)
        }
        text += "\n" + String(repeating: "  ", count: indentation) + close
    }

    private static func compact(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .number(let digits): digits
        case .string(let text): quoted(text)
        case .array(let elements): "[" + elements.map(compact).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { quoted($0.key) + ": " + compact($0.value) }.joined(separator: ", ") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
