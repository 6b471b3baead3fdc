extension PriceBook {
    /// Looks for prices that cannot be right: mistaken units, swapped tiers, names that lead to two models.
    package func check() -> [PriceFinding] {
        let names = NameCheck(models: models)
        var findings: [PriceFinding] = []
        for (position, model) in models.enumerated() {
            findings += names.findings(position: position)
            findings += PeriodCheck.findings(model)
            findings += SiblingCheck.findings(model, in: self)
        }
        return findings
    }
}

/// Finds aliases that lead to two models.
struct NameCheck {
    private let models: [ModelPrices]
    private var names: [String: Int] = [:]
    private var aliases: [String: Int] = [:]

    init(models: [ModelPrices]) {
        self.models = models
        for (position, model) in models.enumerated() {
            names[Self.key(model.provider, model.model)] = position
            for alias in model.aliases where aliases[Self.key(model.provider, alias)] == nil {
                aliases[Self.key(model.provider, alias)] = position
            }
        }
    }

    func findings(position: Int) -> [PriceFinding] {
        let model = models[position]
        var findings: [PriceFinding] = []
        for alias in model.aliases {
            let key = Self.key(model.provider, alias)
            if let other = names[key] {
                guard other != position else { continue }
                findings.append(PriceFinding(model, .aliasIsModel, "The alias \(alias) is the name of another model."))
            } else if let owner = aliases[key], owner != position {
                let name = models[owner].model
                findings.append(PriceFinding(model, .aliasTwice, "The alias \(alias) belongs to \(name) too."))
            }
        }
        return findings
    }

    private static func key(_ provider: String, _ model: String) -> String {
        provider.lowercased() + "\n" + model.lowercased()
    }
}
