package import Domain

/// What is delivered by schedule, and how mail is sent.
package struct DeliveryConfiguration: Sendable, Hashable {
    /// How mail is sent; absent for no mail.
    package var smtp: SMTPConfiguration?
    /// What is delivered when, to whom.
    package var plan = DeliveryPlan()

    /// Creates a configuration of nothing.
    package init() {}
}

/// The mail server that takes our mail.
package struct SMTPConfiguration: Sendable, Hashable {
    /// `smtp://host:587`, encrypted from STARTTLS on, or `smtps://host:465`.
    package var url: String
    /// The user; absent for a server that asks for none.
    package var user: String?
    /// The user's password.
    package var password: Secret?
    /// Who sends, as `name@host`.
    package var from: String
    /// Whether nothing may be sent in the clear; only a server on this machine is believed without.
    package var requiresTLS: Bool

    /// Creates a configuration.
    package init(url: String, user: String? = nil, password: Secret? = nil, from: String, requiresTLS: Bool = true) {
        (self.url, self.user, self.password) = (url, user, password)
        (self.from, self.requiresTLS) = (from, requiresTLS)
    }
}
