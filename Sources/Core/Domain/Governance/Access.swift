/// What somebody may see and do on the control plane.
package enum AccessRole: String, Sendable, CaseIterable {
    /// Everything.
    case admin
    /// To see everything, and to change nothing.
    case finance
    /// To see what certain teams spend, and to change nothing.
    case team
}

/// Somebody, or a program, that is known to the control plane.
package struct Viewer: Sendable, Hashable {
    /// What the log of changes calls them.
    package var name: String
    /// What they may do.
    package var role: AccessRole
    /// The teams whose spend they see; of meaning for ``AccessRole/team`` alone.
    package var teams: Set<String>

    /// Creates a viewer.
    package init(name: String, role: AccessRole, teams: Set<String> = []) {
        (self.name, self.role, self.teams) = (name, role, teams)
    }

    /// Whether they see the spend of all teams.
    package var seesEverything: Bool { role != .team }

    /// Whether they may change keys, budgets and settings.
    package var mayChange: Bool { role == .admin }
}

/// A person with an account.
package struct Account: Sendable, Hashable {
    /// `usr_…`.
    package var id: String
    /// The name that they sign in with, or their e-mail address.
    package var name: String
    /// What they may do.
    package var role: AccessRole
    /// The teams whose spend they see.
    package var teams: Set<String>
    /// The hash of their password; absent for those who sign in elsewhere.
    package var passwordHash: String?
    /// Issuer and subject, for those who sign in elsewhere.
    package var subject: String?

    /// Creates an account.
    package init(
        id: String, name: String, role: AccessRole, teams: Set<String> = [], passwordHash: String? = nil,
        subject: String? = nil
    ) {
        (self.id, self.name, self.role, self.teams) = (id, name, role, teams)
        (self.passwordHash, self.subject) = (passwordHash, subject)
    }

    /// Who they are on the control plane.
    package var viewer: Viewer { Viewer(name: name, role: role, teams: teams) }
}

/// A browser that has signed in.
package struct Session: Sendable, Hashable {
    /// SHA-256 of the secret in the cookie.
    package var secretHash: String
    /// The account's id.
    package var account: String
    /// What forms have to carry, so that another site cannot send them.
    package var formToken: String
    /// When it began.
    package var createdAt: Timestamp
    /// When it was last used, to the minute.
    package var seenAt: Timestamp

    /// Creates a session.
    package init(
        secretHash: String, account: String, formToken: String, createdAt: Timestamp, seenAt: Timestamp
    ) {
        (self.secretHash, self.account, self.formToken) = (secretHash, account, formToken)
        (self.createdAt, self.seenAt) = (createdAt, seenAt)
    }

    /// A session ends after twelve hours without use, and after a week.
    package func isValid(at moment: Timestamp) -> Bool {
        let hour = Timestamp.microsecondsPerHour
        return moment.microseconds - seenAt.microseconds < 12 * hour
            && moment.microseconds - createdAt.microseconds < 7 * 24 * hour
    }
}

/// A program's credential for the control plane's API.
package struct APIToken: Sendable, Hashable {
    /// `tok_…`.
    package var id: String
    /// What people call it.
    package var name: String
    /// SHA-256 of the secret.
    package var secretHash: String
    /// The secret's first characters.
    package var hint: String
    /// What it may do.
    package var role: AccessRole
    /// The teams whose spend it sees.
    package var teams: Set<String>
    /// When it was made.
    package var createdAt: Timestamp
    /// When it ends by itself; `nil` for never.
    package var expiresAt: Timestamp?
    /// When somebody ended it.
    package var revokedAt: Timestamp?

    /// Creates a token.
    package init(
        id: String, name: String, secretHash: String, hint: String, role: AccessRole, teams: Set<String> = [],
        createdAt: Timestamp, expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        (self.id, self.name, self.secretHash, self.hint) = (id, name, secretHash, hint)
        (self.role, self.teams) = (role, teams)
        (self.createdAt, self.expiresAt, self.revokedAt) = (createdAt, expiresAt, revokedAt)
    }

    /// Whether it is good at a moment.
    package func isValid(at moment: Timestamp) -> Bool {
        revokedAt == nil && expiresAt.map { moment < $0 } ?? true
    }

    /// Who it is on the control plane.
    package var viewer: Viewer { Viewer(name: "token \(name)", role: role, teams: teams) }
}
