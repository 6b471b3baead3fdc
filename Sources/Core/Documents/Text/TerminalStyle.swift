/// Colour and weight by ECMA-48 sequences, or nothing at all.
struct TerminalStyle: Sendable {
    let isOn: Bool

    func bold(_ text: String) -> String { set("1", text) }
    func faint(_ text: String) -> String { set("2", text) }
    func attention(_ text: String) -> String { set("33", text) }

    /// A bar in the colour of its role. Series have no colour of their own here: their labels tell them apart.
    func bar(_ text: String, _ role: Bar.Role) -> String {
        switch role {
        case .plain, .series: text
        case .other: set("90", text)
        case .accent: set("32", text)
        case .attention: set("33", text)
        case .loss: set("31", text)
        }
    }

    private func set(_ code: String, _ text: String) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
