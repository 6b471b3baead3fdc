package import Documents
package import Domain

/// What happened to plans and levers: what people did, and what gates did on evidence.
package struct PolicyHistory: Sendable {
    /// Something that happened.
    package struct Event: Sendable, Hashable {
        /// When.
        package let at: Timestamp
        /// The rule that it is about; `nil` for a plan.
        package let rule: String?
        /// What: `plan applied`, `lever paused`, `gate shadow → canary`.
        package let what: String
        /// Why, or on which evidence.
        package let reason: String
        /// By whom; `nil` for the command line, and for gates, which nobody moves.
        package let actor: String?
        /// The gate's change, with its evidence; `nil` for what people did.
        package let transition: GateTransition?
    }

    /// The events, the newest first.
    package let events: [Event]

    /// Joins the log of changes with the gates' own.
    ///
    /// - Parameter rule: only this rule's; `nil` for all.
    package init(changes: [RegistryChange], levers: [LeverRow], rule: String? = nil) {
        let people = changes.map { Self.event($0) }
        let gates = levers.flatMap { Self.events($0) }
        let all = (people + gates).filter { rule == nil || $0.rule == rule }
        // Of one moment the later of a list happened later; changes come newest first, transitions oldest first.
        events = all.enumerated().sorted { ($1.element.at, $0.offset) < ($0.element.at, $1.offset) }.map(\.element)
    }

    private static func event(_ change: RegistryChange) -> Event {
        let isPlan = change.what.hasPrefix("plan ")
        return Event(
            at: change.at, rule: isPlan ? nil : change.subject,
            what: isPlan ? "\(change.what) (\(change.subject))" : change.what, reason: change.detail,
            actor: change.actor, transition: nil)
    }

    private static func events(_ row: LeverRow) -> [Event] {
        // A gate that cannot be read has no history to tell; payback policy show says so.
        let gate = (try? row.kept.gateState(terms: GateTerms())) ?? nil
        return (gate?.transitions ?? []).reversed().map { change in
            Event(
                at: change.at, rule: row.rule, what: "gate \(change.from.text) → \(change.to.text)",
                reason: change.reason, actor: nil, transition: change)
        }
    }

    /// For programs.
    package var json: JSONOutput {
        .array(
            events.map { event in
                [
                    "at": .string(event.at.rfc3339), "rule": .text(event.rule), "what": .string(event.what),
                    "reason": .string(event.reason), "actor": .text(event.actor),
                    "transition": event.transition.map(\.json) ?? .null,
                ]
            })
    }

    /// The events as a table, each with its reason below it.
    package var table: Table {
        var table = Table(
            "What happened, the newest first",
            columns: [
                Column("Time, UTC"), Column("Rule"), Column("What"), Column("Judged", .decimal, priority: 1),
                Column("Loss at most, %", .decimal, priority: 1), Column("Who", priority: 2),
            ],
            rows: events.map { event in
                Row(
                    [
                        Cell(event.at.secondText), Cell(event.rule ?? ""), Cell(event.what),
                        Cell(event.transition.map { NumberText.count(Int64($0.evidence.judged)) } ?? ""),
                        Cell(event.transition.map { NumberText.percentage($0.evidence.upperBound) } ?? ""),
                        Cell(event.actor ?? ""),
                    ], detail: event.reason.isEmpty ? nil : event.reason)
            })
        table.detailTitle = "Why"
        return table
    }

    /// For people.
    package var document: Document {
        Document(
            title: events.isEmpty ? "Nothing has happened yet" : "Plans and gates",
            blocks: events.isEmpty
                ? [.hint(Hint("There was no plan yet.", command: "payback policy apply plan.yaml"))] : [.table(table)])
    }
}
