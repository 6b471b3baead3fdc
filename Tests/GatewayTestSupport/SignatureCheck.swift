internal import Crypto
internal import Foundation

/// Looks a request's AWS signature over, as AWS does: written after its documentation, and apart from what signs.
package enum SignatureCheck {
    /// The access key that the test servers know.
    package static let accessKeyID = "AKIDFAKE"
    /// Its secret.
    package static let secretAccessKey = "fake/secret+key"

    /// What is wrong with a request's signature; `nil` where it is right.
    package static func problem(
        method: String, uri: String, headers: [(name: String, value: String)], body: [UInt8]
    ) -> String? {
        func values(_ name: String) -> [String] { headers.filter { $0.name.lowercased() == name }.map(\.value) }
        guard let stated = values("authorization").first, values("authorization").count == 1 else {
            return "There is not one authorization."
        }
        var parts: [String: String] = [:]
        for part in stated.dropFirst("AWS4-HMAC-SHA256 ".count).split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if pair.count == 2 { parts[pair[0]] = pair[1] }
        }
        let scope = (parts["Credential"] ?? "").split(separator: "/").map(String.init)
        guard scope.count == 5, scope[0] == accessKeyID else { return "The access key is not known." }
        let names = (parts["SignedHeaders"] ?? "").split(separator: ";").map(String.init)
        let mustBeSigned = headers.map { $0.name.lowercased() }.filter {
            $0 == "host" || ($0.hasPrefix("x-amz") && $0 != "x-amzn-trace-id")
        }
        guard Set(mustBeSigned).isSubset(of: names), names == names.sorted() else {
            return "Not all headers are signed that have to be: \(mustBeSigned)"
        }
        let pieces = uri.components(separatedBy: "?")
        let signed = names.map { "\($0):\(values($0).joined(separator: ","))\n" }.joined()
        let canonical = [
            method, escaped(pieces[0]), pieces.dropFirst().first ?? "", signed, names.joined(separator: ";"),
            hexadecimal(SHA256.hash(data: body)),
        ].joined(separator: "\n")
        let text = [
            "AWS4-HMAC-SHA256", values("x-amz-date").first ?? "", scope.dropFirst().joined(separator: "/"),
            hexadecimal(SHA256.hash(data: Data(canonical.utf8))),
        ].joined(separator: "\n")
        var key = SymmetricKey(data: Data("AWS4\(secretAccessKey)".utf8))
        for part in scope.dropFirst() {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
        }
        let right = hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
        return right == parts["Signature"] ? nil : "The signature does not match; it was expected over:\n\(canonical)"
    }

    /// Each byte of a path but the unreserved ones and slashes, escaped.
    private static func escaped(_ path: String) -> String {
        var allowed = CharacterSet(charactersIn: "/-._~")
        for scalar in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars {
            allowed.insert(scalar)
        }
        return path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }
}
