import Domain
import Providers
import Testing

/// A request of AWS's own suite of signatures, and the signature that it has there.
struct SignatureCase: Sendable, CustomTestStringConvertible {
    let name: String
    var method = "GET"
    var uri = "/"
    var headers: [(String, String)] = []
    var body = ""
    var token: String?
    let signature: String

    var testDescription: String { name }

    static let all = [
        Self(name: "get-vanilla", signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Self(
            name: "get-vanilla-with-session-token",
            token: "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267",
            signature: "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"),
        Self(
            name: "get-utf8", uri: "/ሴ", signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        Self(
            name: "get-space", uri: "/example space/",
            signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
        Self(
            name: "get-slashes", uri: "//example//",
            signature: "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
        Self(
            name: "get-relative-relative", uri: "/example1/example2/../..",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Self(
            name: "get-relative", uri: "/example/..",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Self(
            name: "get-slash-pointless-dot", uri: "/./example",
            signature: "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
        Self(
            name: "get-unreserved", uri: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
        Self(
            name: "get-vanilla-query-order-encoded", uri: "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
            signature: "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"),
        Self(
            name: "get-vanilla-query-order-key-case", uri: "/?Param2=value2&Param1=value1",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Self(
            name: "get-vanilla-utf8-query", uri: "/?ሴ=bar",
            signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
        Self(
            name: "get-header-value-trim", headers: [("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")],
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        Self(
            name: "get-header-key-duplicate",
            headers: [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
            signature: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"),
        Self(
            name: "post-vanilla-query", method: "POST", uri: "/?Param1=value1",
            signature: "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"),
        Self(
            name: "post-x-www-form-urlencoded", method: "POST",
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "13"),
                (
                    "X-Amz-Content-Sha256", "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"
                ),
            ], body: "Param1=value1", signature: "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b"),
    ]
}

@Suite("AWS Signature Version 4")
struct AWSSignatureTests {
    private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    private func hash(_ text: String) -> String { Array(text.utf8).withUnsafeBytes { AWSSignature.hash($0) } }

    private func authorization(_ headers: [(name: String, value: String)]) -> String {
        headers.first { $0.name == "authorization" }?.value ?? ""
    }

    @Test("AWS's own suite", arguments: SignatureCase.all)
    func suite(example: SignatureCase) {
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.secret, sessionToken: example.token)
        let signer = AWSSignature(credentials: credentials, region: "us-east-1", service: "service")
        let headers = [("Host", "example.amazonaws.com")] + example.headers
        let request = AWSSignature.Request(
            method: example.method, uri: example.uri, headers: headers.map { (name: $0.0, value: $0.1) },
            payloadHash: hash(example.body))
        let added = signer.headers(
            for: request, at: Timestamp(year: 2015, month: 8, day: 30, hour: 12, minute: 36))
        let value = authorization(added)
        #expect(
            value.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, Signed"))
        #expect(value.hasSuffix("Signature=\(example.signature)"))
        #expect(added.contains { $0 == ("x-amz-date", "20150830T123600Z") })
    }

    @Test(
        "Ids of models are escaped once more than they are sent: signatures made with botocore 1.44",
        arguments: [
            (
                "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
                "398aeb1e753832b4d6a2a770f1e32d0235616989bf971fdd729785ada4b44cbd"
            ),
            (
                "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fabc123/invoke",
                "3089cfce56da54c71838a069d441a94edfef859e0179e44d74b19b237307f603"
            ),
        ])
    func bedrock(uri: String, signature: String) {
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.secret, sessionToken: "token/+=")
        let request = AWSSignature.Request(
            method: "POST", uri: uri,
            headers: [("content-type", "application/json"), ("host", "bedrock-runtime.us-east-1.amazonaws.com")],
            payloadHash: hash(#"{"messages":[]}"#))
        let added = AWSSignature(credentials: credentials, region: "us-east-1", service: "bedrock")
            .headers(for: request, at: Timestamp(year: 2026, month: 11, day: 21, hour: 12, minute: 36))
        let value = authorization(added)
        #expect(value.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"))
        #expect(value.hasSuffix("Signature=\(signature)"))
    }

    @Test("Credentials do not show themselves")
    func secrecy() {
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.secret, sessionToken: "t0ken")
        let shown = "\(credentials) \(String(reflecting: credentials)) \([credentials])"
        #expect(!shown.contains("AKID") && !shown.contains("wJalr") && !shown.contains("t0ken"))
    }
}
