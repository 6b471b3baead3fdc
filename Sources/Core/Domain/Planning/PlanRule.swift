/// A rule of a plan: for which requests, what to do, and how well it is proven.
package struct PlanRule: Sendable, Hashable {
    /// What it is called; unique within its plan.
    package var name: String
    /// Whether it acts.
    package var state: LeverState = .on
    /// Which requests it is about.
    package var selector = RequestSelector()
    /// What to do.
    package var action: PlanAction
    /// What judges said of answers under it; absent where nobody looked.
    package var evidence: JudgedSample?
    /// What it is expected to save a month, where a replay said so.
    package var predictedMonthly: NanoUSD?
    /// How answers under it are judged and what is demanded of them; absent where the plan says nothing.
    package var quality: QualityTerms?

    /// Creates a rule.
    package init(name: String, action: PlanAction) { (self.name, self.action) = (name, action) }

    /// Whether it acts only once its quality is proven: it may change answers, or the plan demands proof.
    package var needsGate: Bool {
        if quality != nil { return true }
        return switch action {
        case .cache(let terms): terms.match == .semantic
        case .route, .shorten, .limitOutput: true
        case .alignPrefix, .tier: false
        }
    }

    /// Where it starts when the plan is put in force: quality is proven, not declared, so what needs a gate begins in shadow.
    package var startingState: LeverState {
        if state == .off || state == .rolledBack { return .off }
        return needsGate ? .shadow : .on
    }

    /// The quality terms in force: the plan's, else the usual ones with the floor that its route states.
    package var qualityInForce: QualityTerms {
        if let quality { return quality }
        var terms = QualityTerms()
        terms.gate.floor = floor ?? terms.gate.floor
        return terms
    }

    /// The floor that its own terms state, a fraction within what a gate can prove; only routes state one.
    package var floor: Double? {
        guard case .route(let terms) = action, let loss = terms.largestLoss else { return nil }
        return min(max(loss, 1e-6), 0.5)
    }
}

/// How far a lever is trusted.
package enum LeverState: String, Sendable, CaseIterable {
    /// It does nothing.
    case off
    /// It is tried beside the answer, which stays as asked.
    case shadow
    /// It acts for a small share of requests.
    case canary
    /// It acts.
    case on
    /// It acted, and was taken back.
    case rolledBack = "rolled_back"
}

/// Which requests; an empty set means any.
package struct RequestSelector: Sendable, Hashable {
    /// Features.
    package var features: Set<String> = []
    /// Customers.
    package var customers: Set<String> = []
    /// Teams.
    package var teams: Set<String> = []
    /// Environments.
    package var environments: Set<String> = []
    /// Providers, by their canonical names.
    package var providers: Set<String> = []
    /// Models as asked for.
    package var models: Set<String> = []
    /// Templates.
    package var templates: Set<String> = []
    /// Tags, `key=value`; one of them suffices.
    package var tags: Set<String> = []
    /// Total input tokens.
    package var inputTokens: ClosedRange<Int64> = 0...Int64.max
    /// How many tools the request offers; `nil` for any number, also an unknown one.
    package var tools: ClosedRange<Int64>?

    /// Creates a selector of everything.
    package init() {}
}

/// What judges said of a sample of answers.
package struct JudgedSample: Sendable, Hashable {
    /// How many were judged.
    package var judged: Int
    /// How many of them were worse than they may be.
    package var wrong: Int
    /// Who judged.
    package var judge: String

    /// Creates a sample.
    package init(judged: Int, wrong: Int, judge: String) {
        (self.judged, self.wrong, self.judge) = (judged, wrong, judge)
    }
}
