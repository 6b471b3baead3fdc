internal import Domain
internal import Inputs
internal import JSONScan

/// Reads how mail is sent.
enum SMTPReader {
    /// The mail server; `nil`, with a complaint, where it is not understood.
    static func smtp(_ section: InputSection) -> SMTPConfiguration? {
        section.allow(["url", "user", "password", "from", "tls"])
        let user = section.expandedText("user")
        let password = section.secret("password")
        if user != nil, (section.value["password"] ?? .null) == .null {
            section.complain("user", "a user needs a password: ${NAME} or file:PATH")
        }
        let requiresTLS = section.choice("tls", Encryption.self).map { $0 == .required }
        guard let url = section.required("url"), let from = section.required("from") else { return nil }
        guard let address = SMTPAddress(url) else {
            section.complain("url", "it is no address of a mail server; write smtp://HOST:587 or smtps://HOST:465")
            return nil
        }
        if !MailAddress.isValid(from) { section.complain("from", "\"\(from)\" is no mail address; write name@host") }
        if requiresTLS == false, password != nil, !address.isLoopback {
            section.complain("tls", "the password would be sent in the clear where the server offers no encryption")
        }
        return SMTPConfiguration(
            url: url, user: user, password: password, from: from, requiresTLS: requiresTLS ?? !address.isLoopback)
    }

    private enum Encryption: String, CaseIterable {
        case required
        case whenOffered = "when-offered"
    }
}

/// Where a mail server is.
struct SMTPAddress {
    let host: String

    /// Reads `smtp://host[:port]` or `smtps://host[:port]`; `nil` for anything else, a user or password in it included.
    init?(_ url: String) {
        guard let scheme = ["smtp://", "smtps://"].first(where: { url.hasPrefix($0) }) else { return nil }
        // Port and host follow the same rules as a web server's.
        let rest = url.dropFirst(scheme.count)
        guard !rest.contains("/"), rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let address = UpstreamAddress("https://" + rest)
        else { return nil }
        host = address.host
    }

    var isLoopback: Bool { ListenAddress(host: host, port: 0).isLoopback }
}
