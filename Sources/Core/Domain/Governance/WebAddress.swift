/// An absolute address of the web, as far as trust depends on it.
package struct WebAddress: Sendable, Hashable {
    /// Whether it is `https`.
    package let isEncrypted: Bool
    /// The host's name or address in lower case, without brackets.
    package let host: String
    /// What follows host and port; empty for nothing.
    package let path: String

    /// Reads `https://host[:port][/path]`; `nil` for anything else, and for addresses with a user, a fragment, blanks or
    /// control characters.
    package init?(_ text: String) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard ["http", "https"].contains(scheme), text.dropFirst(scheme.count).hasPrefix("://"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\") })
        else { return nil }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = String(rest.prefix { $0 != "/" && $0 != "?" })
        guard !authority.contains("@"), let host = Self.host(of: authority), Self.hasPort(authority) else { return nil }
        (isEncrypted, self.host, path) = (scheme == "https", host, String(rest.dropFirst(authority.count)))
    }

    /// Whether what is sent there can be read by no third party: it is encrypted, or stays on this machine.
    package var isConfidential: Bool { isEncrypted || Self.isLoopback(host) }

    /// The name in `host:port`, lower case, without brackets; `nil` where there is none.
    package static func host(of authority: String) -> String? {
        let name =
            authority.hasPrefix("[")
            ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        return name.isEmpty ? nil : name.lowercased()
    }

    /// Whether a host is this machine under one of the names that nobody else can give away.
    package static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    private static func hasPort(_ authority: String) -> Bool {
        let end = authority.hasPrefix("[") ? authority.drop { $0 != "]" }.dropFirst() : authority.drop { $0 != ":" }
        return end.isEmpty || (end.first == ":" && (1...65_535).contains(Int(end.dropFirst()) ?? 0))
    }
}
