internal import Domain
internal import Inputs
internal import Ledger
internal import Policy
internal import Registry
internal import Reports

/// The control plane without its socket: routes, and what answers them.
struct Site: Sendable {
    let room: ControlRoom
    let signIn: SignIn
    /// Signing in elsewhere; `nil` where it is not configured.
    let openID: OpenIDSignIn?
    let writer: PageWriter

    init(_ room: ControlRoom) throws {
        self.room = room
        signIn = SignIn(
            registry: room.registry, adminToken: room.adminToken, isOpen: room.adminToken == nil && room.openID == nil)
        openID = room.openID.map { OpenIDSignIn($0, registry: room.registry) }
        writer = try PageWriter(hasCharts: room.chartScript != nil)
    }

    /// Every route, in the order in which they are tried.
    static let routes: [Route] =
        AccessPages.routes + OpenIDPages.routes + OverviewPage.routes + SpendPages.routes + SavingsPage.routes
        + QualityPage.routes + BudgetPages.routes
        + KeyPages.routes + ValuePages.routes + AttributionPages.routes + ReportPages.routes + SettingsPages.routes
        + AssetPages.routes
        + MachineRoutes.routes + APIRoutes.routes

    // MARK: What a viewer sees

    /// The ledger as a viewer sees it.
    func ledger(for request: WebRequest) -> any UsageLedger {
        guard let viewer = request.viewer, !viewer.seesEverything else { return room.ledger }
        return TeamLedger(room.ledger, teams: viewer.teams)
    }

    /// The budgets that a viewer sees: those in force, and what was set or removed this second.
    func budgets(for request: WebRequest) throws -> [BudgetState] {
        let registered = try room.registry.budgets()
        let inForce = room.budgets().filter { state in
            state.budget.id.hasPrefix("bud_file_") || registered.contains { $0.id == state.budget.id }
                || !state.budget.id.hasPrefix("bud_")
        }
        let fresh = registered.filter { budget in !inForce.contains { $0.budget.id == budget.id } }
        let states =
            inForce
            + fresh.map {
                BudgetState(
                    budget: $0, customer: nil, period: BudgetCalendar.period(of: $0, at: request.now), spent: .zero,
                    reserved: .zero)
            }
        return BudgetTable.visible(states, to: request.viewer)
    }

    /// The plan in force and how its rules are; `nil` where there never was a plan.
    ///
    /// - Throws: ``Refusal`` where the plan was written by a version that this one does not understand.
    func policy() throws -> PolicyStatus? {
        guard let applied = try room.registry.planInForce() else { return nil }
        let levers = try room.registry.levers()
        do throws(RefusedInput) {
            return PolicyStatus(applied: applied, plan: try PlanReader.read(applied), levers: levers)
        } catch {
            throw Refusal(status: 503, code: "unavailable", message: "The plan in force cannot be read: \(error)")
        }
    }

    /// The keys that a viewer sees.
    func keys(for request: WebRequest) throws -> [VirtualKey] {
        try room.registry.keys().filter { key in
            request.viewer?.seesEverything ?? false
                || key.team.map { request.viewer?.teams.contains($0) ?? false } ?? false
        }
    }

    /// The month that is asked for, else that of the ledger's last record, else this one.
    func period(of request: WebRequest) throws -> ReportPeriod {
        if let month = request.query["month"] {
            guard let period = ReportPeriod(monthText: month) else {
                throw Refusal.bad("month \(month) is no month; write month=2026-10.")
            }
            return period
        }
        let last = try extent(for: request).map { Timestamp(microseconds: $0.end.microseconds - 1) }
        return ReportPeriod(month: (last ?? request.now).month)
    }

    /// From when to when the ledger has anything, asked once for a page.
    private func extent(for request: WebRequest) throws -> Period? {
        try request.extent.value { try room.ledger.extent() }
    }

    /// The months that the ledger has, the newest first; three years at most.
    func months(of request: WebRequest) throws -> [MonthChoice] {
        guard let extent = try extent(for: request) else { return [] }
        let chosen = try period(of: request).period.start
        let last = Timestamp(microseconds: extent.end.microseconds - 1).month
        return (max(extent.start.month, last - 35)...last).reversed().map { month in
            let period = ReportPeriod(month: month)
            return MonthChoice(
                value: period.period.start.monthText, label: period.name,
                isChosen: period.period.start == chosen)
        }
    }

    // MARK: Answering

    /// Answers a request that a route has been found for. Whatever goes wrong becomes a refusal.
    func answer(_ request: WebRequest, by route: Route) async -> WebAnswer {
        if let refusal = route.access.refusal(of: request, isOpen: signIn.isOpenToThisMachine) {
            let isPage =
                !request.isProgram && request.method == "GET" && refusal.status == 401 && route.access != .machine
            return isPage ? .redirect("/login?to=" + Self.address(of: request).percentEncoded) : .refusal(refusal)
        }
        do {
            if request.method != "GET", let refusal = formRefusal(request, route) { return .refusal(refusal) }
            return try await RegistryStore.$actor.withValue(request.viewer?.name) {
                try await route.answer(request, self)
            }
        } catch let refusal as Refusal { return .refusal(refusal) } catch { return .refusal(Self.refusal(of: error)) }
    }

    /// Where the reader wanted to go, with its choices.
    private static func address(of request: WebRequest) -> String {
        let path = request.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { String($0).percentEncoded }.joined(separator: "/")
        return path + (request.query.all.isEmpty ? "" : request.query.link)
    }

    /// A browser's form has to carry its session's token, so that no other site can send it.
    private func formRefusal(_ request: WebRequest, _ route: Route) -> Refusal? {
        guard let session = request.session, route.access != .anyone else { return nil }
        let sent = request.isProgram ? nil : request.form["form_token"]
        if let sent, ConstantTime.isEqual(sent, session.formToken) { return nil }
        return Refusal(
            status: 403, code: "stale_form",
            message: "This form is not from this session. Go back, load the page anew, and send it again.")
    }

    private static func refusal(of error: any Error) -> Refusal {
        switch error {
        case let error as DraftError: Refusal.bad(error.description)
        case let error as RegistryError where error.code == .notFound: Refusal.missing(error.message)
        case let error as RegistryError where error.code == .failed:
            Refusal(status: 409, code: "conflict", message: error.message)
        default:
            Refusal(status: 503, code: "unavailable", message: "This cannot be answered now: \(error)", retryAfter: 5)
        }
    }
}
