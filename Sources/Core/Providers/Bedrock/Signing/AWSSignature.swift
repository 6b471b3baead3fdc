internal import Crypto
package import Domain

/// Signs requests with AWS Signature Version 4.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>; the tests hold
/// it against AWS's own suite.
package struct AWSSignature: Sendable {
    /// A request, as far as it is signed.
    package struct Request: Sendable {
        /// The method.
        package var method: String
        /// Path and query, as they are sent.
        package var uri: String
        /// The headers to sign, `host` among them; all that begin with `x-amz` have to be.
        package var headers: [(name: String, value: String)]
        /// SHA-256 of the body, by ``AWSSignature/hash(_:)``.
        package var payloadHash: String

        /// Creates a request.
        package init(method: String, uri: String, headers: [(name: String, value: String)], payloadHash: String) {
            (self.method, self.uri, self.headers, self.payloadHash) = (method, uri, headers, payloadHash)
        }
    }

    private static let algorithm = "AWS4-HMAC-SHA256"
    private let credentials: AWSCredentials
    private let region: String
    private let service: String

    /// Creates a signer for a service in a region.
    package init(credentials: AWSCredentials, region: String, service: String) {
        (self.credentials, self.region, self.service) = (credentials, region, service)
    }

    /// The headers to add to a request: `x-amz-date`, `x-amz-security-token` where the credentials are temporary, and
    /// `authorization`.
    package func headers(for request: Request, at moment: Timestamp) -> [(name: String, value: String)] {
        let time = Self.basicFormat(moment)
        var added = [(name: "x-amz-date", value: time)]
        if let token = credentials.sessionToken { added.append(("x-amz-security-token", token)) }
        var whole = request
        whole.headers += added
        let canonical = CanonicalRequest(whole)
        let day = String(time.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = [Self.algorithm, time, scope, Self.hash(canonical.text)].joined(separator: "\n")
        let signature = Self.hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key(day)))
        let value =
            "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
        return added + [("authorization", value)]
    }

    /// The key of a day: the secret, bound to day, region and service.
    private func key(_ day: String) -> SymmetricKey {
        let secret = SymmetricKey(data: Array("AWS4\(credentials.secretAccessKey)".utf8))
        return [day, region, service, "aws4_request"].reduce(secret) { key, part in
            SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
    }

    /// SHA-256 of a body, 64 lower-case hexadecimal digits.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> String { hexadecimal(SHA256.hash(data: bytes)) }

    private static func hash(_ text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
    }

    /// `20150830T123600Z`.
    private static func basicFormat(_ moment: Timestamp) -> String {
        let whole = Timestamp(seconds: moment.microseconds / 1_000_000)
        return whole.rfc3339.replacing("-", with: "").replacing(":", with: "")
    }
}
