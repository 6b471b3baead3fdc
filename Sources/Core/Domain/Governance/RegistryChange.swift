/// Something that was changed.
package struct RegistryChange: Sendable, Hashable {
    /// When.
    package let at: Timestamp
    /// What was done: `key created`.
    package let what: String
    /// To which key or budget, by its id.
    package let subject: String
    /// More; never a secret.
    package let detail: String
    /// By whom; absent for the command line.
    package let actor: String?

    /// Creates a note of a change.
    package init(at: Timestamp, what: String, subject: String, detail: String, actor: String?) {
        (self.at, self.what, self.subject) = (at, what, subject)
        (self.detail, self.actor) = (detail, actor)
    }
}
