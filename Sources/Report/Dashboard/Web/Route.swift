internal import Domain

/// Something that the control plane answers: a page, or a call of its API.
struct Route: Sendable {
    /// Who may ask.
    enum Access: Sendable {
        /// Anyone who reaches the port.
        case anyone
        /// Programs on this machine without a credential where none is configured; else anyone who is signed in.
        case machine
        /// Whoever is signed in; a team's viewer gets that team's part.
        case viewer
        /// Those who see the spend of all teams.
        case wholeView
        /// Administrators.
        case admin
    }

    /// The method.
    var method: String
    /// The path; `:name` stands for anything without a slash.
    var path: String
    /// Who may ask.
    var access: Access
    /// What it does, for the API's description; absent for pages.
    var operation: APIOperation?
    /// Answers a request.
    var answer: @Sendable (WebRequest, Site) async throws -> WebAnswer

    /// A page that is asked for.
    static func get(
        _ path: String, _ access: Access = .viewer,
        _ answer: @escaping @Sendable (WebRequest, Site) async throws -> WebAnswer
    ) -> Route { Route(method: "GET", path: path, access: access, answer: answer) }

    /// A form that is sent.
    static func post(
        _ path: String, _ access: Access = .admin,
        _ answer: @escaping @Sendable (WebRequest, Site) async throws -> WebAnswer
    ) -> Route { Route(method: "POST", path: path, access: access, answer: answer) }

    /// A call of the API.
    static func api(
        _ method: String, _ path: String, _ access: Access, _ operation: APIOperation,
        _ answer: @escaping @Sendable (WebRequest, Site) async throws -> WebAnswer
    ) -> Route { Route(method: method, path: path, access: access, operation: operation, answer: answer) }
}

extension Route.Access {
    /// Whether a request may have what it asks for; a refusal says why not.
    func refusal(of request: WebRequest, isOpen: Bool) -> Refusal? {
        if self == .anyone || (self == .machine && isOpen) { return nil }
        guard let viewer = request.viewer else {
            return Refusal(
                status: 401, code: "unauthenticated",
                message: "Sign in, or send a token as Authorization: Bearer …; payback serve prints how to begin.")
        }
        let isAllowed =
            switch self {
            case .anyone, .viewer: true
            case .machine, .admin: viewer.mayChange
            case .wholeView: viewer.seesEverything
            }
        if isAllowed { return nil }
        return Refusal(
            status: 403, code: "forbidden",
            message: self == .wholeView
                ? "This is about all teams, and \(viewer.name) sees \(viewer.teams.sorted().joined(separator: ", ")) only."
                : "\(viewer.name) may look, not change. Ask an administrator.")
    }
}
