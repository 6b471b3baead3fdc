/// Text in HTML.
enum HTMLText {
    /// The text with all characters escaped that HTML gives a meaning, so that it may stand in elements and attributes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in PlainText.clean(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// An element with a text.
    static func element(_ name: String, _ text: String) -> String { element(name, "", text) }

    /// An element with a text; its attributes are written as they are.
    static func element(_ name: String, _ attributes: String, _ text: String) -> String {
        "<\(name)\(attributes.isEmpty ? "" : " " + attributes)>\(escaped(text))</\(name)>"
    }

    /// A `title` attribute with its leading blank, or nothing.
    static func hover(_ text: String?) -> String {
        text.map { " title=\"" + escaped($0) + "\"" } ?? ""
    }

    /// A footnote's mark, or nothing.
    static func mark(_ mark: String?) -> String { mark.map { element("sup", $0) } ?? "" }

    /// Markup within a link; as it is where it leads nowhere. Only paths of the same server are linked.
    static func linked(_ markup: String, to target: String?) -> String {
        guard let target, target.hasPrefix("/") || target.hasPrefix("?"), !target.hasPrefix("//") else { return markup }
        return "<a href=\"\(escaped(target))\">\(markup)</a>"
    }
}
