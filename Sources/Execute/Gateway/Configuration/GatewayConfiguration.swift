package import Domain
package import Providers

/// Everything that an operator can decide about the gateway: what `payback.yaml` says, checked, with its defaults.
package struct GatewayConfiguration: Sendable, Hashable {
    /// Where callers connect.
    package var listen = ListenAddress(host: "127.0.0.1", port: 4000)
    /// Where operators connect: metrics, health, traces in.
    package var admin = ListenAddress(host: "127.0.0.1", port: 4001)
    /// The token that the admin address asks for; absent for none, which is allowed on loopback only.
    package var adminToken: Secret?
    /// Where people sign in to the dashboard; absent for here alone.
    package var openID: OpenIDConfiguration?
    /// The ledger, as `--ledger` names it; absent for the option, the environment or the default.
    package var ledger: String?
    /// The file of keys and budgets.
    package var registry = "payback-registry.sqlite"
    /// The journal.
    package var journal = JournalConfiguration()
    /// Where answers are kept that caches give again.
    package var answers = AnswerStorage()
    /// Who answers: named deployments.
    package var upstreams: [Upstream] = []
    /// Names that callers may use instead of a provider's model.
    package var models: [ModelRoute] = []
    /// Whether callers need a virtual key.
    package var authentication = AuthenticationMode.automatic
    /// Time limits of calls.
    package var timeouts = CallTimeouts()
    /// When and how often a failed call is tried again.
    package var retries = RetryConfiguration()
    /// When an upstream that keeps failing is left alone.
    package var circuitBreaker = CircuitBreakerConfiguration()
    /// What a request may be.
    package var limits = RequestLimits()
    /// Budgets that the file sets, beside those of the registry.
    package var budgets: [Budget] = []
    /// Keys that the file sets (by hash), beside those of the registry.
    package var keys: [VirtualKey] = []
    /// Tokenizer files by model name; a name may end in `*`.
    package var tokenizers: [TokenizerFile] = []
    /// A price file laid over the shipped book.
    package var prices: String?
    /// Where spans are exported to over OTLP/HTTP, for example `http://localhost:4318`; absent for nowhere.
    package var otlpEndpoint: String?
    /// The deployment environment that records carry, for example `production`.
    package var environment: String?
    /// How many days single records are kept; absent for ever. Roll-ups are kept for good.
    package var keepRecordsDays: Int?
    /// What is delivered by schedule, and how mail is sent.
    package var delivery = DeliveryConfiguration()
    /// How many event loops; absent for one per core.
    package var threads: Int?

    /// Creates the defaults.
    package init() {}
}

/// A host and a port.
package struct ListenAddress: Sendable, Hashable {
    /// The host name or IP address.
    package var host: String
    /// The TCP port; 0 lets the system choose.
    package var port: Int

    /// Creates an address.
    package init(host: String, port: Int) { (self.host, self.port) = (host, port) }

    /// Whether only this machine can connect.
    package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}

/// A text that never shows itself in a log or a message.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The text.
    package let value: String

    /// Wraps a secret.
    package init(_ value: String) { self.value = value }

    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
}

/// How much of the journal must be safe before the caller gets the last byte.
package enum JournalDurability: String, Sendable, CaseIterable {
    /// On the disk: survives a power failure.
    case fsync
    /// With the operating system: survives the end of the process, kill -9 included. The default.
    case journal
    /// In memory, written soon after: the last moments are lost in a crash.
    case async
}

/// Where and how the journal is written.
package struct JournalConfiguration: Sendable, Hashable {
    /// The folder.
    package var directory = "payback-journal"
    /// What must be safe before the last byte.
    package var durability = JournalDurability.journal
    /// Bytes after which a new segment is begun.
    package var segmentBytes = 64 * 1024 * 1024
    /// What happens when the journal cannot be written: refuse new requests, or go on and count what is lost.
    package var refusesWhenFull = true
    /// Free bytes on the journal's disk below which an alarm is raised.
    package var alarmFreeBytes: Int64 = 2 * 1024 * 1024 * 1024

    /// Creates the defaults.
    package init() {}
}

/// Where answers are kept across restarts, for plans with a cache.
package struct AnswerStorage: Sendable, Hashable {
    /// Whether they are; otherwise they are forgotten at the end.
    package var persists = true
    /// The folder; absent for `answers` in the journal's.
    package var directory: String?
    /// The most bytes of all files together.
    package var mostBytes = 1_024 * 1024 * 1024

    /// Creates the defaults.
    package init() {}
}

/// The kinds of servers, by the API that they speak.
package enum UpstreamKind: String, Sendable, CaseIterable {
    /// OpenAI itself.
    case openAI = "openai"
    /// Anthropic.
    case anthropic
    /// Google's Gemini API.
    case gemini
    /// Azure OpenAI.
    case azure
    /// Any server that speaks OpenAI's API: vLLM, Ollama, TGI, llama.cpp.
    case openAICompatible = "openai-compatible"
    /// Amazon Bedrock's runtime in a region.
    case bedrock
}

/// One server that answers: an address and what is needed to call it.
package struct Upstream: Sendable, Hashable {
    /// The operator's name of it.
    package var name: String
    /// The API that it speaks.
    package var kind: UpstreamKind
    /// `https://api.openai.com`, with a path prefix where it has one, without a slash at the end.
    package var baseURL: String
    /// Keys to call it with, used in turn; empty for none.
    package var credentials: [Secret] = []
    /// AWS's key to sign requests with, where no key of ``credentials`` is sent; of Bedrock only.
    package var accessKey: AWSCredentials?
    /// AWS's region, of Bedrock only: `us-east-1`.
    package var region: String?
    /// Who bills, as the price book spells it; absent for the kind's own name.
    package var provider: String?
    /// What the server calls a model, and the model to price it as (Azure deployment names, self-hosted names).
    package var pricedAs: [String: String] = [:]
    /// Time limits where they differ from the general ones.
    package var timeouts: CallTimeouts?
    /// More headers to send.
    package var headers: [String: String] = [:]

    /// Creates an upstream.
    package init(name: String, kind: UpstreamKind, baseURL: String) {
        (self.name, self.kind, self.baseURL) = (name, kind, baseURL)
    }

    /// How many keys it can be called with.
    package var keyCount: Int { credentials.count + (accessKey == nil ? 0 : 1) }

    /// Who bills, as the price book spells it.
    package var billingProvider: String {
        if let provider { return provider }
        switch kind {
        case .openAI: return "openai"
        case .anthropic: return "anthropic"
        case .gemini: return "google"
        case .azure: return "azure"
        case .openAICompatible: return "self-hosted"
        case .bedrock: return "bedrock"
        }
    }
}

/// A name that callers may use for a model, and what it stands for.
package struct ModelRoute: Sendable, Hashable {
    /// The name that callers send.
    package var name: String
    /// Where such requests go: the first, and the others in turn when it fails.
    package var targets: [ModelTarget]

    /// Creates a route.
    package init(name: String, targets: [ModelTarget]) { (self.name, self.targets) = (name, targets) }
}

/// A model of an upstream.
package struct ModelTarget: Sendable, Hashable {
    /// The upstream's name.
    package var upstream: String
    /// The model as the upstream calls it.
    package var model: String

    /// Creates a target.
    package init(upstream: String, model: String) { (self.upstream, self.model) = (upstream, model) }
}

/// Whether callers need a virtual key.
package enum AuthenticationMode: String, Sendable, CaseIterable {
    /// As soon as one key exists, or the gateway listens beyond loopback. The default.
    case automatic
    /// Always.
    case required
    /// Never: whatever key a caller sends is ignored, unless it is one of ours.
    case none
}

/// Time limits of a call, in milliseconds.
package struct CallTimeouts: Sendable, Hashable {
    /// Until the connection stands, TLS included.
    package var connect: Int64 = 5_000
    /// Until the first byte of the answer.
    package var firstByte: Int64 = 600_000
    /// Between two reads of the answer.
    package var idle: Int64 = 120_000

    /// Creates the defaults.
    package init() {}
}

/// When and how often a failed call is tried again. Only calls of which no byte has reached the caller are.
package struct RetryConfiguration: Sendable, Hashable {
    /// Attempts of one request, the first included.
    package var attempts = 3
    /// The first pause in milliseconds; it doubles, and is jittered between nothing and its full length.
    package var baseDelay: Int64 = 200
    /// The longest pause in milliseconds; a Retry-After beyond it is passed on to the caller instead.
    package var longestDelay: Int64 = 10_000
    /// Retries per request over the last while, as a fraction: 0.2 allows one retry for five requests.
    package var budgetShare = 0.2

    /// Creates the defaults.
    package init() {}
}

/// When an upstream that keeps failing is left alone.
package struct CircuitBreakerConfiguration: Sendable, Hashable {
    /// Failures in a row that open it; 0 switches it off.
    package var failures = 10
    /// Milliseconds until one call may try again.
    package var pause: Int64 = 15_000

    /// Creates the defaults.
    package init() {}
}

/// What a request may be.
package struct RequestLimits: Sendable, Hashable {
    /// Bytes of a body.
    package var bodyBytes = 64 * 1024 * 1024
    /// Number of header fields.
    package var headerFields = 200
    /// Milliseconds from the first byte of a request to its last.
    package var receive: Int64 = 60_000
    /// Milliseconds that an idle connection is kept.
    package var keepAlive: Int64 = 120_000
    /// Connections at one time.
    package var connections = 20_000
    /// Output tokens assumed, and sent upstream, where a hard budget applies and the request names no limit.
    package var outputTokensUnderBudget: Int64 = 4_096
    /// Requests and tokens per minute and requests at once, for each key that states none of its own.
    package var perKey = RateLimits()

    /// Creates the defaults.
    package init() {}
}

/// A tokenizer that the operator supplies.
package struct TokenizerFile: Sendable, Hashable {
    /// The model, or the beginning of its name with a `*`.
    package var model: String
    /// The path of a tiktoken file or of a `tokenizer.json`.
    package var path: String
    /// For a tiktoken file: the pattern set that it goes with, `cl100k_base` or `o200k_base`.
    package var encoding: String?

    /// Creates an entry.
    package init(model: String, path: String, encoding: String? = nil) {
        (self.model, self.path, self.encoding) = (model, path, encoding)
    }
}
