extension CacheDirectives {
    /// Reads what headers ask for; their names in any case.
    package init(headers: some Sequence<(name: String, value: String)>) {
        self.init()
        for (name, value) in headers { take(header: name, value) }
    }

    /// Takes one header in; those that are not about the cache change nothing.
    package mutating func take(header name: String, _ value: String) {
        guard let first = name.utf8.first, Self.firstLetters.contains(first | 0x20) else { return }
        let name = name.lowercased()
        let value = Self.trimmed(value)
        switch name {
        case "cache-control": takeCacheControl(value)
        case "x-payback-cache": takeMode(value, name)
        case "x-payback-cache-ttl": takeLifetime(value, name)
        case "x-payback-cache-namespace": add(namespace: value, from: name)
        case "x-payback-cache-tags":
            for tag in value.split(separator: ",") { add(tag: Self.trimmed(tag), from: name) }
        case _ where name.hasPrefix("helicone-cache-"): takeHelicone(name, value)
        case _ where name.hasPrefix("x-portkey-cache"): takePortkey(name, value)
        case _ where name.hasPrefix("cf-aig-"): takeCloudflare(name, value)
        case _ where name.hasPrefix("x-bf-cache-"): takeBifrost(name, value)
        default: break
        }
    }

    private static let firstLetters = Set("cxh".utf8)

    /// RFC 9111, 5.2.1. `max-stale` asks for more than is given, so it changes nothing.
    private mutating func takeCacheControl(_ value: String) {
        for part in value.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { Self.trimmed($0) }
            switch pair.first?.lowercased() {
            case "no-cache": mayRead = false
            case "no-store": mayStore = false
            case "only-if-cached": onlyCached = true
            case "max-age":
                let argument = pair.count > 1 ? pair[1].filter { $0 != "\"" } : ""
                guard let age = CacheDuration.seconds(argument) else { return misread("cache-control") }
                limit(age: age)
            default: break
            }
        }
    }

    private mutating func takeMode(_ value: String, _ name: String) {
        switch value.lowercased() {
        case "on": isAskedFor = true
        case "off": bypass()
        case "refresh": mayRead = false
        default: misread(name)
        }
    }

    private mutating func takeHelicone(_ name: String, _ value: String) {
        switch name {
        case "helicone-cache-enabled":
            dialects.insert(.helicone)
            takeSwitch(value, name, on: { $0.isAskedFor = true }, off: { $0.bypass() })
        case "helicone-cache-seed":
            dialects.insert(.helicone)
            add(namespace: value, from: name)
        default: break
        }
    }

    private mutating func takePortkey(_ name: String, _ value: String) {
        dialects.insert(.portkey)
        switch name {
        case "x-portkey-cache":
            isAskedFor = true
            switch value.lowercased() {
            case "simple": mayMatchAlike = false
            case "semantic": asksForAlike = true
            default: misread(name)
            }
        case "x-portkey-cache-force-refresh": takeSwitch(value, name, on: { $0.mayRead = false }, off: { _ in })
        case "x-portkey-cache-namespace": add(namespace: value, from: name)
        default: break
        }
    }

    /// Cloudflare's own key replaces the request in its cache; here it parts answers and the request still counts.
    private mutating func takeCloudflare(_ name: String, _ value: String) {
        switch name {
        case "cf-aig-skip-cache": takeSwitch(value, name, on: { $0.bypass() }, off: { _ in })
        case "cf-aig-cache-ttl": takeLifetime(value, name)
        case "cf-aig-cache-key": add(namespace: value, from: name)
        default: return
        }
        dialects.insert(.cloudflare)
    }

    private mutating func takeBifrost(_ name: String, _ value: String) {
        dialects.insert(.bifrost)
        switch name {
        case "x-bf-cache-key":
            isAskedFor = true
            add(namespace: value, from: name)
        case "x-bf-cache-ttl": takeLifetime(value, name)
        case "x-bf-cache-no-store": takeSwitch(value, name, on: { $0.mayStore = false }, off: { _ in })
        case "x-bf-cache-threshold":
            guard let least = Double(value), (0...1).contains(least) else { return misread(name) }
            raise(similarity: least)
        case "x-bf-cache-type":
            switch value.lowercased() {
            case "direct": mayMatchAlike = false
            case "semantic": asksForAlike = true
            default: misread(name)
            }
        default: break
        }
    }

    private mutating func takeLifetime(_ value: String, _ name: String) {
        guard let time = CacheDuration.read(value) else { return misread(name) }
        limit(lifetime: time)
    }

    private mutating func takeSwitch(
        _ value: String, _ name: String, on: (inout Self) -> Void, off: (inout Self) -> Void
    ) {
        switch value.lowercased() {
        case "true", "1", "on", "yes": on(&self)
        case "false", "0", "off", "no", "": off(&self)
        default: misread(name)
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank = { (letter: Character) in letter == " " || letter == "\t" }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
