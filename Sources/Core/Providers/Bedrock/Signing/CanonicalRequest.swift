internal import Domain

/// A request in the one form that both sides of AWS Signature Version 4 make of it.
struct CanonicalRequest {
    let text: String
    /// The names of the headers that are signed, sorted, with semicolons between.
    let signedHeaders: String

    init(_ request: AWSSignature.Request) {
        let parts = request.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let headers = Self.headers(request.headers)
        signedHeaders = headers.map(\.name).joined(separator: ";")
        text = [
            request.method, Self.path(parts.first ?? "/"), Self.query(parts.dropFirst().first ?? ""),
            headers.map { "\($0.name):\($0.value)\n" }.joined(), signedHeaders, request.payloadHash,
        ].joined(separator: "\n")
    }

    /// The path without dot segments and empty ones, escaped once more than it is sent: all services but S3 sign what
    /// the escapes stand in, not what they stand for.
    private static func path(_ path: Substring) -> String {
        var segments: [String] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(String(segment).percentEncoded) }
        }
        let isFolder = ["/", "/.", "/.."].contains { path.hasSuffix($0) } && !segments.isEmpty
        return "/" + segments.joined(separator: "/") + (isFolder ? "/" : "")
    }

    /// The parameters, each escaped once, sorted by name and value.
    private static func query(_ query: Substring) -> String {
        let pairs = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (escapedOnce(parts[0]), escapedOnce(parts.dropFirst().first ?? ""))
        }
        return pairs.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    private static func escapedOnce(_ text: Substring) -> String {
        (text.percentDecoded ?? String(text)).percentEncoded
    }

    /// Names in lower case, sorted; values without blanks around and double blanks within. Those of one name are joined
    /// in their order.
    private static func headers(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for (name, value) in headers {
            let words = value.split { $0 == " " || $0 == "\t" }
            values[name.lowercased(), default: []].append(words.joined(separator: " "))
        }
        return values.map { ($0.key, $0.value.joined(separator: ",")) }.sorted { $0.0 < $1.0 }
    }
}
