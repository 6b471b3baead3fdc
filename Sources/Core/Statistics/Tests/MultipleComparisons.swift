/// P-values of several comparisons, adjusted so that many looks do not make a discovery.
package enum MultipleComparisons {
    /// Holm's step-down p-values (1979): calling those below α leaves the chance of even one false call at α at most,
    /// whatever the comparisons have to do with one another.
    ///
    /// - Returns: one for each, in the order given, at most 1.
    package static func holm(_ values: [Double]) -> [Double] {
        var largest = 0.0
        var adjusted = values
        for (rank, position) in ascending(values).enumerated() {
            largest = max(largest, min(values[position] * Double(values.count - rank), 1))
            adjusted[position] = largest
        }
        return adjusted
    }

    /// Benjamini and Hochberg's step-up p-values (1995): among those below q, a share of q at most is false on average,
    /// for independent or positively dependent comparisons.
    ///
    /// - Returns: one for each, in the order given, at most 1.
    package static func benjaminiHochberg(_ values: [Double]) -> [Double] {
        var smallest = 1.0
        var adjusted = values
        for (rank, position) in ascending(values).enumerated().reversed() {
            smallest = min(smallest, values[position] * Double(values.count) / Double(rank + 1))
            adjusted[position] = smallest
        }
        return adjusted
    }

    private static func ascending(_ values: [Double]) -> [Int] {
        values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }
}
