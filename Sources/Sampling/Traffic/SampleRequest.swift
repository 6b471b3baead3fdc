/// One request of the sample.
struct SampleRequest {
    /// How a repeated prompt differs from the one that it repeats.
    enum Variant: UInt8 {
        case none, lowercase, padded
    }

    /// Its position, from 1.
    var ordinal = 0
    /// Milliseconds since the month began.
    var milliseconds = 0
    var feature = 0
    var model = 0
    /// The service tier that the line names.
    var tier = SampleTier.standard
    /// The customer's position; -1 for a request that carries neither customer nor feature.
    var customer = -1
    var environment = 0
    /// The template's position among all features' templates.
    var template = 0
    /// Determines the prompt's text and its length in tokens.
    var promptSeed: UInt64 = 0
    var variant = Variant.none
    /// Whether the prompt holds something that changes with every request.
    var isVolatile = false
    var uncached = 0
    var read = 0
    var written = 0
    var output = 0
    /// Of `output`; -1 where the model does not reason.
    var reasoning = -1
    var status = 200
    /// Milliseconds.
    var latency = 0
    /// Milliseconds; -1 where there was no token.
    var firstToken = -1
}

/// How urgent a request is, in the price book's words.
enum SampleTier: String, CaseIterable, Sendable {
    case standard, batch, flex
}
