internal import Documents

/// A page of the dashboard: what it contains, not how it looks.
struct Page: Sendable {
    /// The finding, or what it is about.
    var title: String
    /// What it covers.
    var subtitle = ""
    /// Which entry of the navigation it belongs to.
    var section: Section?
    /// The content, in reading order.
    var parts: [Part] = []
    /// Footnotes.
    var notes: [Note] = []
    /// Whether it is about a month that can be chosen.
    var hasMonths = false
    /// Whether it is brought up to date while it is looked at.
    var isLive = false
    /// The HTTP status.
    var status = 200

    /// A part of a page.
    enum Part: Sendable {
        /// What reports are made of.
        case blocks([Block])
        /// Parts side by side where there is room.
        case pair([Block])
        /// Something to fill in.
        case form(Form)
        /// Links side by side: choices, or formats.
        case links(String, [Link])
        /// A part of a page that our own renderer wrote before, and the registry kept.
        case rendered(String)
        /// A part that a script replaces when a form changes.
        case result([Block])
    }

    /// A link, or the choice that is in force.
    struct Link: Sendable {
        /// What it says.
        var label: String
        /// Where it leads.
        var target: String
        /// Whether it is where the reader is.
        var isCurrent = false
    }

    /// The entries of the navigation.
    enum Section: String, Sendable, CaseIterable {
        case overview, spend, savings, quality, value, attribution, budgets, keys, reconciliation, reports, settings

        /// What it says.
        var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
        /// Where it leads.
        var target: String { self == .overview ? "/" : "/" + rawValue }
        /// Whether it is about all teams.
        var isWhole: Bool {
            [.savings, .quality, .value, .attribution, .reconciliation, .reports, .settings].contains(self)
        }
    }
}
