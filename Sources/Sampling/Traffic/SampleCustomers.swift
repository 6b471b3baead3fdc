internal import Statistics

/// The customers of the sample and how unequal they are.
enum SampleCustomers {
    private static let first = [
        "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbour", "iris", "juniper", "kestrel", "lumen",
        "maple", "nordic", "opal", "pioneer", "quartz", "river",
    ]
    private static let second = ["bank", "foods", "health", "labs", "legal", "media", "retail", "travel", "works"]

    /// As many as ServeGen's m-large has clients: 162. Names are made up; neighbours in rank share neither word.
    static let names: [String] = (0..<first.count * second.count).map { rank in
        let shift = rank / first.count
        return "\(first[rank % first.count])-\(second[(rank + shift) % second.count])"
    }

    /// The skew of ServeGen's m-large (alibaba/ServeGen, data/language/m-large, Apache-2.0): its ten busiest clients of
    /// 162 send 63 % of the requests. Zipf's law with this exponent gives that share; the exponent is computed.
    static let skew = Zipf(count: 162, exponent: 1.16598)
}
