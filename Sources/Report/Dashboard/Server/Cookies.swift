/// The cookies that a browser keeps for the dashboard.
///
/// Where browsers come by the encrypted address of the configuration, the names begin with `__Host-`: such a cookie was set
/// over TLS by this very host, so neither a page without TLS nor a neighbour in the same domain can plant one. By other
/// names (a loopback address, say) cookies are plain, for browsers would not keep encrypted ones.
struct Cookies: Sendable, Hashable {
    /// Whether the browser came by an encrypted address.
    let isEncrypted: Bool

    /// Who has signed in.
    var session: String { prefix + "payback_session" }
    /// A way to the provider and back.
    var errand: String { prefix + "payback_openid" }

    private var prefix: String { isEncrypted ? "__Host-" : "" }

    /// The header that sets a cookie.
    ///
    /// - Parameters:
    ///   - value: `nil` takes it away.
    ///   - seconds: how long it is kept; `nil` until the browser ends.
    func header(_ name: String, _ value: String?, seconds: Int64? = nil) -> String {
        let age = value == nil ? 0 : seconds
        return "\(name)=\(value ?? ""); Path=/; HttpOnly; SameSite=Lax"
            + (age.map { "; Max-Age=\($0)" } ?? "") + (isEncrypted ? "; Secure" : "")
    }

    /// The value of a cookie in the headers that a browser sends; `nil` where it is not there.
    static func value(_ name: String, in headers: [String]) -> String? {
        for part in headers.flatMap({ $0.split(separator: ";") }) {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == name { return String(pair[1]) }
        }
        return nil
    }
}
