internal import Domain
internal import Foundation

/// A request to the control plane, free of sockets: pages and the API are functions of it.
struct WebRequest: Sendable {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    var method = "GET"
    /// The path, without its query.
    var path = "/"
    /// What the route's placeholders stand for.
    var parameters: [String: String] = [:]
    /// The query.
    var query = Fields("")
    /// Whether it asks for the API rather than for a page.
    var isProgram: Bool { path.hasPrefix("/api/") }
    /// The body.
    var body: [UInt8] = []
    /// The body's media type, lower case.
    var contentType: String?
    /// The body's encoding.
    var contentEncoding: String?
    /// Who asks; `nil` where nobody has signed in.
    var viewer: Viewer?
    /// The browser's session; `nil` for programs.
    var session: Session?
    /// Where it comes from, for limits on signing in.
    var address = ""
    /// The name by which this machine was called, lower case, without a port; `nil` where it was not.
    var host: String?
    /// What a browser brings back from signing in elsewhere, sealed.
    var errand: String?
    /// When it came.
    var now: Timestamp
    /// From when to when the ledger has anything: the choice of months asks for it, and what a page shows.
    let extent = Remembered<Period?>()

    /// The fields of a form.
    var form: Fields { Fields(String(decoding: body, as: UTF8.self)) }
}

/// The fields of a query or of a form, percent-decoded, in their order.
struct Fields: Sendable, Hashable {
    private(set) var all: [(name: String, value: String)] = []

    /// Reads `a=1&b=2`; what cannot be decoded is left out.
    init(_ text: String) {
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pair[0]), let value = Self.decoded(pair.count > 1 ? pair[1] : "") else {
                continue
            }
            all.append((name, value))
        }
    }

    /// Fields that are known.
    init(_ all: [(name: String, value: String)]) { self.all = all }

    /// The first value of a name; `nil` where there is none, or an empty one.
    subscript(_ name: String) -> String? {
        all.first { $0.name == name }.map(\.value).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether a name is there, with whatever value.
    func has(_ name: String) -> Bool { all.contains { $0.name == name } }

    /// The same fields with one of them changed, or left out.
    func setting(_ name: String, to value: String?) -> Fields {
        Fields(all.filter { $0.name != name } + (value.map { [(name, $0)] } ?? []))
    }

    /// As a link carries them: `?a=1&b=2`.
    var link: String {
        "?" + all.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }

    static func == (a: Self, b: Self) -> Bool { a.link == b.link }

    func hash(into hasher: inout Hasher) { hasher.combine(link) }
}
