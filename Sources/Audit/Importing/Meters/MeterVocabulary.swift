/// What a word of a meter's name means.
enum MeterMeaning: Sendable, Hashable {
    case direction(MeterDirection)
    case cache(MeterCache)
    /// A cache is written, for as long as another word says.
    case cacheWrite
    case lasting(MeterCache)
    case modality(MeterModality)
    case thinking
    case tier(MeterTier)
    case scope(MeterScope)
    case longContext
    case unit(MeterUnit)
    /// Says nothing about what is charged.
    case nothing
}

/// The words that meters of the clouds are made of, in the spellings that bills have.
enum MeterVocabulary {
    /// A phrase and what it means.
    struct Entry: Sendable {
        let words: [String]
        let meaning: MeterMeaning
    }

    /// Words that are as well parts of models' names, such as `image`: read as such where that makes a model.
    static let ambiguous: Set<String> = ["text", "audio", "image", "video", "thinking", "speech"]

    /// The longest phrase that begins at a position.
    static func entry(at position: Int, of words: [String]) -> Entry? {
        byFirstWord[words[position]]?.first { words[position...].starts(with: $0.words) }
    }

    private static let byFirstWord: [String: [Entry]] = {
        let entries = phrases.map { phrase, meaning in
            Entry(words: phrase.split(separator: " ").map(String.init), meaning: meaning)
        }
        return Dictionary(grouping: entries) { $0.words[0] }
            .mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    private static let phrases: [(String, MeterMeaning)] =
        directions + caches + modalities + tiers + scopes + contexts + units + silent

    private static let directions: [(String, MeterMeaning)] = [
        ("inp", .direction(.input)), ("inpt", .direction(.input)), ("input", .direction(.input)),
        ("inputs", .direction(.input)), ("prompt", .direction(.input)), ("opt", .direction(.output)),
        ("out", .direction(.output)), ("outp", .direction(.output)), ("outpt", .direction(.output)),
        ("output", .direction(.output)), ("outputs", .direction(.output)), ("completion", .direction(.output)),
    ]

    private static let caches: [(String, MeterMeaning)] = [
        ("cached", .cache(.read)), ("cchd", .cache(.read)), ("cd", .cache(.read)), ("cache read", .cache(.read)),
        ("cache reads", .cache(.read)), ("cacheread", .cache(.read)), ("cache hit", .cache(.read)),
        ("cache hits", .cache(.read)), ("caching", .cache(.read)), ("prompt cache read", .cache(.read)),
        ("caching storage", .cache(.storage)), ("cache storage", .cache(.storage)),
        ("cd wr", .cacheWrite), ("cache write", .cacheWrite), ("cache writes", .cacheWrite),
        ("cachewrite", .cacheWrite), ("cache creation", .cacheWrite), ("prompt cache write", .cacheWrite),
        ("cache write1h", .cache(.write1h)), ("cachewrite1h", .cache(.write1h)), ("1h", .lasting(.write1h)),
        ("1hr", .lasting(.write1h)), ("1 hour", .lasting(.write1h)), ("5m", .lasting(.write5m)),
        ("5 minute", .lasting(.write5m)), ("30m", .lasting(.write5m)),
    ]

    private static let modalities: [(String, MeterMeaning)] = [
        ("txt", .modality(.text)), ("text", .modality(.text)), ("aud", .modality(.audio)),
        ("audio", .modality(.audio)), ("speech", .modality(.audio)), ("img", .modality(.image)),
        ("image", .modality(.image)), ("vid", .modality(.video)), ("video", .modality(.video)),
        ("thinking", .thinking), ("thinking on", .thinking), ("thinking off", .nothing),
    ]

    private static let tiers: [(String, MeterMeaning)] = [
        ("batch", .tier(.batch)), ("flex", .tier(.flex)), ("priority", .tier(.priority)), ("pp", .tier(.priority)),
        ("std", .tier(.standard)), ("standard", .tier(.standard)), ("on demand", .tier(.standard)),
        ("latency optimized", .tier(.latencyOptimised)), ("provisioned", .tier(.provisioned)),
        ("provisioned managed", .tier(.provisioned)), ("provisioned throughput", .tier(.provisioned)),
        ("ptu", .tier(.provisioned)), ("reserved", .tier(.provisioned)),
    ]

    private static let scopes: [(String, MeterMeaning)] = [
        ("glbl", .scope(.global)), ("gl", .scope(.global)), ("global", .scope(.global)),
        ("cross region global", .scope(.global)), ("regnl", .scope(.regional)), ("regional", .scope(.regional)),
        ("rgnl", .scope(.regional)), ("reg", .scope(.regional)), ("data zone", .scope(.dataZone)),
        ("datazone", .scope(.dataZone)), ("dzone", .scope(.dataZone)), ("d zone", .scope(.dataZone)),
        ("dz", .scope(.dataZone)), ("geo", .scope(.dataZone)), ("cross region geo", .scope(.dataZone)),
    ]

    private static let contexts: [(String, MeterMeaning)] = [
        ("long co", .longContext), ("longco", .longContext), ("long context", .longContext),
        ("long ctx", .longContext), ("long", .longContext), ("over 200k", .longContext),
        ("over 128k", .longContext), ("over 272k", .longContext), ("short co", .nothing), ("shortco", .nothing),
        ("short context", .nothing), ("short ctx", .nothing), ("short", .nothing), ("upto 200k", .nothing),
        ("upto 128k", .nothing), ("upto 272k", .nothing), ("128k", .nothing),
    ]

    private static let units: [(String, MeterMeaning)] = [
        ("tokens", .unit(.tokens(per: nil))), ("token", .unit(.tokens(per: nil))),
        ("token count", .unit(.tokens(per: nil))), ("1k tokens", .unit(.tokens(per: 1000))),
        ("1k token", .unit(.tokens(per: 1000))), ("1m tokens", .unit(.tokens(per: 1_000_000))),
        ("1m token", .unit(.tokens(per: 1_000_000))), ("1m", .unit(.tokens(per: 1_000_000))),
        ("characters", .unit(.characters)), ("images", .unit(.images)), ("requests", .unit(.requests)),
        ("request count", .unit(.requests)), ("search units", .unit(.requests)), ("model units", .unit(.hours)),
        ("seconds", .unit(.seconds)), ("hour", .unit(.hours)), ("hours", .unit(.hours)), ("tpm", .unit(.hours)),
    ]

    private static let silent: [(String, MeterMeaning)] = [
        "predictions", "prediction", "ga", "usage", "mp", "units", "mantle", "vertex ai", "amazon bedrock edition",
        "1 month", "1month", "6 month", "6month", "1 year", "no commit", "model", "cross region", "per", "count",
    ].map { ($0, .nothing) }
}
