internal import Domain

extension PriceBook {
    /// The names of models that look most like a name that the book does not have.
    package func nearestNames(to name: String, count: Int) -> [String] {
        var distances: [String: Int] = [:]
        for model in models where distances[model.model] == nil {
            distances[model.model] = EditDistance.between(name, model.model)
        }
        let sorted = distances.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        return sorted.prefix(count).map(\.key)
    }
}
