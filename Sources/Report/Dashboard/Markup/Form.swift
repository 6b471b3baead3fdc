/// Something to fill in.
struct Form: Sendable {
    /// What it does.
    var title: String
    /// Where it is sent.
    var action: String
    /// Whether it only asks (`GET`), or changes something (`POST`).
    var changes = true
    /// The fields.
    var fields: [Field] = []
    /// What the button says.
    var button: String
    /// What to confirm first, where it cannot be undone.
    var confirmation: String?
    /// Whether a script sends it whenever a field changes, and shows the answer's result.
    var recomputes = false
    /// Whether it is a button in a row of others, without a title.
    var isInline = false

    /// A field.
    struct Field: Sendable {
        /// How it is filled in.
        enum Kind: Sendable {
            case text, password, number, date, hidden
            case choice([(value: String, label: String)])
            /// A number within bounds, with the step between.
            case range(ClosedRange<Double>, step: Double)
        }

        /// The name that it is sent under.
        var name: String
        /// What it is.
        var label: String
        /// How it is filled in.
        var kind: Kind = .text
        /// What stands in it.
        var value = ""
        /// What to know.
        var help: String?
        /// Whether it may not be empty.
        var isRequired = false
        /// What a browser may fill in: `username`, `current-password`.
        var autocomplete = "off"
    }
}
