/// Where a report or an alert goes.
package enum DeliveryTarget: Sendable, Hashable {
    /// A folder: `file:reports`.
    case folder(String)
    /// A mailbox: `mailto:cfo@example.com`.
    case mail(String)
    /// An address that is posted to: `https://…`.
    case webhook(String)

    /// Reads `file:FOLDER`, `mailto:ADDRESS`, `https://…` or `http://…`; `nil` for anything else.
    package init?(_ text: String) {
        if text.hasPrefix("file:"), text.utf8.count > 5 {
            self = .folder(String(text.dropFirst(5)))
        } else if text.hasPrefix("mailto:"), MailAddress.isValid(String(text.dropFirst(7))) {
            self = .mail(String(text.dropFirst(7)))
        } else if let host = Self.host(of: text), !host.isEmpty {
            self = .webhook(text)
        } else {
            return nil
        }
    }

    /// For people and logs. Of a webhook only the host: its path is as good as a password.
    package var label: String {
        switch self {
        case .folder(let path): "file:\(path)"
        case .mail(let address): "mailto:\(address)"
        case .webhook(let url): "\(url.prefix { $0 != ":" })://\(Self.host(of: url) ?? "")/…"
        }
    }

    /// Tells targets apart where what was delivered is kept, without the webhook's secret path.
    package var key: String {
        guard case .webhook(let url) = self else { return label }
        return "\(label) \(ByteHash.hash(url).hexadecimalText)"
    }

    /// Whether it takes Slack's messages rather than our JSON.
    package var isSlack: Bool {
        guard case .webhook(let url) = self, let host = Self.host(of: url)?.lowercased() else { return false }
        return host == "hooks.slack.com" || host == "hooks.slack-gov.com"
    }

    /// The host, with its port, of an HTTP address without a user or password in it; `nil` for anything else.
    private static func host(of url: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: { url.lowercased().hasPrefix($0) }) else { return nil }
        let rest = url.dropFirst(scheme.count)
        let isClean = rest.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return isClean && !host.contains("@") ? String(host) : nil
    }
}

/// Mail addresses, as far as we send to them.
package enum MailAddress {
    /// Whether a text is `name@host` in ASCII without quoting: no blank, no line end, nothing that begins another
    /// address or header.
    package static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, text.utf8.count <= 254 else { return false }
        let forbidden = Set("<>()[],;:\\\"".utf8)
        return text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !forbidden.contains($0) }
    }
}
