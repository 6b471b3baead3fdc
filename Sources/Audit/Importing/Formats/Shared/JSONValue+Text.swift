internal import JSONScan

extension JSONValue {
    /// The value as JSON without white space: the same for a row of JSON and for the same text in a CSV cell.
    var compactText: String {
        var text = ""
        appendJSON(to: &text)
        return text
    }

    private func appendJSON(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): Self.append(quoted: string, to: &text)
        case .array(let elements):
            text += "["
            for (position, element) in elements.enumerated() {
                if position > 0 { text += "," }
                element.appendJSON(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (position, member) in members.enumerated() {
                if position > 0 { text += "," }
                Self.append(quoted: member.key, to: &text)
                text += ":"
                member.value.appendJSON(to: &text)
            }
            text += "}"
        }
    }

    private static func append(quoted string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// The prompt of a request's body: its instructions and its messages, whatever the API calls them; `nil` where the
    /// body carries none.
    var promptText: String? {
        var text = ""
        for key in ["system", "systemInstruction", "instructions", "tools", "messages", "contents", "prompt", "input"] {
            guard let value = self[key], !value.isBlank else { continue }
            if case .string(let string) = value { text += string } else { text += value.compactText }
            text += "\n"
        }
        return text.isEmpty ? nil : text
    }

    /// Whether there is nothing in it.
    private var isBlank: Bool {
        self == .null || self == .string("") || self == .array([]) || self == .object([])
    }
}
