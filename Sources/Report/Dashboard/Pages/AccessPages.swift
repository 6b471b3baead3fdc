internal import Documents
internal import Domain

/// Signing in and out, and the first administrator.
enum AccessPages {
    static let routes: [Route] = [
        .get("/login", .anyone) { request, site in
            .page(signIn(to: request.query["to"], failure: nil, site))
        },
        .post("/login", .anyone, logIn),
        .post("/logout", .viewer) { request, site in
            if let session = request.session { try site.signIn.signOut(session) }
            return .session(secret: nil, to: "/login")
        },
        .get("/setup", .anyone) { request, site in
            guard let secret = request.query["link"], site.signIn.isSetupSecret(secret) else {
                throw Refusal(
                    status: 403, code: "bad_link",
                    message: "This link was used already, or is not of this start. payback serve prints a new one.")
            }
            return .page(setup(secret, failure: nil))
        },
        .post("/setup", .anyone, setUp),
    ]

    @Sendable private static func logIn(_ request: WebRequest, _ site: Site) async throws -> WebAnswer {
        let form = request.form
        do {
            let secret = try site.signIn.signIn(
                name: form["name"] ?? "", password: form["password"] ?? "", address: request.address, at: request.now)
            return .session(secret: secret, to: local(form["to"]))
        } catch let refusal as Refusal where refusal.status == 401 {
            return .page(signIn(to: form["to"], failure: refusal.message, site))
        }
    }

    @Sendable private static func setUp(_ request: WebRequest, _ site: Site) async throws -> WebAnswer {
        let form = request.form
        let (secret, password) = (form["link"] ?? "", form["password"] ?? "")
        guard password.count >= PasswordHash.leastCharacters else {
            return .page(
                setup(secret, failure: "A password of at least \(PasswordHash.leastCharacters) characters is needed."))
        }
        guard password == form["again"] else { return .page(setup(secret, failure: "The two are not the same.")) }
        return .session(secret: try site.signIn.setUp(secret: secret, password: password, at: request.now), to: "/")
    }

    /// Only paths of our own are gone to. Browsers drop tabs and line ends, so that `/`, tab, `/name` would lead to another
    /// site, and take a backslash for a slash.
    static func local(_ target: String?) -> String {
        guard let target, target.hasPrefix("/"), !target.hasPrefix("//"),
            target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return target
    }

    private static func signIn(to target: String?, failure: String?, _ site: Site) -> Page {
        let form = Form(
            title: "", action: "/login",
            fields: [
                Form.Field(
                    name: "name", label: "Name", value: SignIn.administrator, isRequired: true, autocomplete: "username"
                ),
                Form.Field(
                    name: "password", label: "Password, or the configured admin token", kind: .password,
                    isRequired: true, autocomplete: "current-password"),
                Form.Field(name: "to", label: "", kind: .hidden, value: local(target)),
            ], button: "Sign in")
        var page = page("Sign in", form, failure, status: failure == nil ? 200 : 401)
        if let button = elsewhere(local(target), site) { page.parts.insert(button, at: page.parts.count - 1) }
        return page
    }

    /// The way to the provider, where one is configured. A link, for the policy lets forms lead nowhere else.
    private static func elsewhere(_ target: String, _ site: Site) -> Page.Part? {
        site.openID.map { openID in
            let query = target == "/" ? "" : Fields([("to", target)]).link
            return .links(
                "Your organisation", [Page.Link(label: openID.settings.button, target: OpenIDPages.path + query)])
        }
    }

    private static func setup(_ secret: String, failure: String?) -> Page {
        let form = Form(
            title: "", action: "/setup",
            fields: [
                Form.Field(
                    name: "password", label: "Password", kind: .password,
                    help: "At least \(PasswordHash.leastCharacters) characters.", isRequired: true,
                    autocomplete: "new-password"),
                Form.Field(
                    name: "again", label: "Once more", kind: .password, isRequired: true, autocomplete: "new-password"),
                Form.Field(name: "link", label: "", kind: .hidden, value: secret),
            ], button: "Begin")
        var page = page("Choose the administrator's password", form, failure, status: failure == nil ? 200 : 422)
        page.subtitle =
            "You sign in as \(SignIn.administrator) with it. Everybody else gets an account or a token of their own."
        return page
    }

    private static func page(_ title: String, _ form: Form, _ failure: String?, status: Int) -> Page {
        var page = Page(title: title, status: status)
        if let failure { page.parts.append(.blocks([.hint(.init(failure))])) }
        page.parts.append(.form(form))
        return page
    }
}
