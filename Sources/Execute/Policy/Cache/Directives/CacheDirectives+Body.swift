package import JSONScan

extension CacheDirectives {
    /// Takes in LiteLLM's member `cache` of a request's body: `ttl` and `s-maxage` in seconds, `no-cache`, `no-store`,
    /// `namespace`, `use-cache`. A value of `null` says nothing.
    package mutating func take(body value: JSONValue) {
        switch value {
        case .null: return
        case .bool(let isOn): if isOn { isAskedFor = true } else { bypass() }
        case .object(let members): for member in members { take(member) }
        default: misread("cache")
        }
        dialects.insert(.liteLLM)
    }

    private mutating func take(_ member: JSONValue.Member) {
        let name = "cache." + member.key
        if member.value == .null { return }
        switch member.key {
        case "no-cache": takeSwitch(member.value, name) { $0.mayRead = false }
        case "no-store": takeSwitch(member.value, name) { $0.mayStore = false }
        case "use-cache": takeSwitch(member.value, name) { $0.isAskedFor = true }
        case "namespace":
            guard case .string(let text) = member.value else { return misread(name) }
            add(namespace: text, from: name)
        case "ttl":
            guard let time = member.value.text.flatMap(CacheDuration.seconds) else { return misread(name) }
            limit(lifetime: time)
        case "s-maxage", "s-max-age":
            guard let time = member.value.text.flatMap(CacheDuration.seconds) else { return misread(name) }
            limit(age: time)
        default: break
        }
    }

    private mutating func takeSwitch(_ value: JSONValue, _ name: String, on: (inout Self) -> Void) {
        switch value {
        case .bool(true), .string("true"), .string("True"): on(&self)
        case .bool(false), .string("false"), .string("False"): break
        default: misread(name)
        }
    }
}
