import Domain
import Gateway
import Inputs
import Testing

@Suite("oidc in payback.yaml")
struct OpenIDReaderTests {
    private func read(_ text: String) throws -> (configuration: GatewayConfiguration, problems: [InputProblem]) {
        ConfigurationReader.read(
            try YAMLDocument(text: text, file: "payback.yaml"), environment: ["SECRET": "s", "TENANT": "t1"]
        ) { (path) throws(InputError) in throw InputError(.notFound, file: path, "There is no such file.") }
    }

    private static let least =
        "{issuer: https://login.example, client_id: p, url: https://p.example, roles: {admin: ops}}"

    @Test("Everything that it can say")
    func everything() throws {
        let (found, problems) = try read(
            """
            oidc:
              issuer: https://login.example/${TENANT}/v2.0
              client_id: payback
              client_secret: ${SECRET}
              url: https://Payback.example:8443/
              name_claim: name
              scopes: [openid, groups]
              roles: {claim: roles, admin: [ops, root], finance: cfo, team: {blue: [team-blue], red: r}}
              button: Sign in with Acme
            """)
        #expect(problems.isEmpty, "\(problems)")
        let openID = try #require(found.openID)
        let settings = openID.settings
        #expect(settings.issuer == "https://login.example/t1/v2.0" && settings.clientID == "payback")
        #expect(settings.callback == "https://Payback.example:8443/login/openid/callback")
        #expect(settings.host == "payback.example" && settings.isEncrypted)
        #expect(settings.nameClaim == "name" && settings.scopes == ["openid", "groups"])
        #expect(settings.button == "Sign in with Acme" && openID.clientSecret == Secret("s"))
        let roles = RoleMapping(
            claim: "roles", admin: ["ops", "root"], finance: ["cfo"], teams: ["blue": ["team-blue"], "red": ["r"]])
        #expect(settings.roles == roles)
    }

    @Test("The least, and nothing")
    func least() throws {
        let (found, problems) = try read("oidc: \(Self.least)")
        #expect(problems.isEmpty, "\(problems)")
        let openID = try #require(found.openID)
        #expect(openID.settings.nameClaim == "email" && openID.settings.roles.claim == "groups")
        #expect(openID.clientSecret == nil)
        #expect(try read("threads: 2").configuration.openID == nil)
    }

    @Test(
        "What is wrong is named with its line",
        arguments: [
            ("issuer: http://login.example", "payback.yaml:2: oidc.issuer:"), ("issuer: login", "oidc.issuer:"),
            ("issuer: https://me:hunter2@h", "oidc.issuer:"), ("issuer: https://h/?a=b", "oidc.issuer:"),
            ("client_id:", "oidc.client_id: it is missing"), ("url: http://p.example", "oidc.url:"),
            ("url: https://p.example/below", "oidc.url:"), ("url: \"${NOWHERE}\"", "no variable NOWHERE"),
            ("isuer: x", "oidc.isuer: there is no such key; is issuer meant?"),
            ("scopes: [email]", "oidc.scopes: openid is missing"), ("scopes: [openid email]", "oidc.scopes:"),
            ("roles: {}", "oidc.roles: nobody could sign in"), ("roles: {team: [blue]}", "oidc.roles.team: a mapping"),
            ("roles: {admins: [x]}", "oidc.roles.admins: there is no such key; is admin meant?"),
            ("client_secret: \"file:/nowhere\"", "There is no such file"),
        ])
    func problems(line: String, words: String) throws {
        let key = line.prefix { $0 != ":" }
        let usual = [
            "issuer: https://login.example", "client_id: p", "url: https://p.example", "roles: {admin: ops}",
        ].filter { !$0.hasPrefix(key) }
        let text = "oidc:\n" + ([line] + usual).map { "  \($0)\n" }.joined()
        let problems = try read(text).problems.filter { $0.severity == .error }
        #expect(problems.contains { $0.description.contains(words) }, "\(problems)")
        #expect(!"\(problems)".contains("hunter2"))
    }

    @Test("What stays on this machine needs no TLS")
    func loopback() throws {
        let text =
            "oidc: {issuer: \"http://127.0.0.1:9\", client_id: p, url: \"http://localhost:4001\", roles: {admin: ops}}"
        let (found, problems) = try read(text)
        #expect(problems.isEmpty, "\(problems)")
        #expect(found.openID?.settings.isEncrypted == false && found.openID?.settings.host == "localhost")
    }
}
