/// Where an upstream is, read from its base URL.
struct UpstreamAddress: Sendable, Hashable {
    let host: String
    let port: Int
    let usesTLS: Bool
    /// What stands before every path, without a slash at its end.
    let pathPrefix: String

    /// Reads `https://host[:port][/prefix]`; `nil` for anything else.
    init?(_ url: String) {
        let parts = url.split(separator: "://", maxSplits: 1).map(String.init)
        guard parts.count == 2, ["http", "https"].contains(parts[0].lowercased()) else { return nil }
        usesTLS = parts[0].lowercased() == "https"
        let slash = parts[1].firstIndex(of: "/") ?? parts[1].endIndex
        var prefix = String(parts[1][slash...])
        while prefix.hasSuffix("/") { prefix.removeLast() }
        pathPrefix = prefix
        let authority = parts[1][..<slash]
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        let standard = usesTLS ? 443 : 80
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = String(authority[authority.index(after: authority.startIndex)..<end])
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":"), let port = rest.isEmpty ? standard : Int(rest.dropFirst())
            else { return nil }
            self.port = port
        } else {
            let pieces = authority.split(separator: ":", omittingEmptySubsequences: false)
            guard pieces.count <= 2, let port = pieces.count == 2 ? Int(pieces[1]) : standard else { return nil }
            (host, self.port) = (String(pieces[0]), port)
        }
        guard !host.isEmpty, (1...65_535).contains(port) else { return nil }
    }

    /// As the `Host` header carries it.
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (usesTLS ? 443 : 80) ? name : "\(name):\(port)"
    }
}
