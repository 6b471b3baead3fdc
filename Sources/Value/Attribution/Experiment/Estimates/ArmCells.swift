/// The units of an arm, stratum by stratum, with the weights that all arms share (post-stratification).
struct ArmCells {
    struct Cell {
        /// The stratum's share of all units.
        let weight: Double
        /// Positions of the units.
        let members: [Int]
    }

    let cells: [Cell]
    var count: Int { cells.reduce(0) { $0 + $1.members.count } }

    /// The arms of an experiment.
    ///
    /// - Throws: ``StudyError`` where an arm lacks two units in a stratum.
    static func of(_ units: MetricUnits, arms: [String], strata: [String]) throws(StudyError) -> [ArmCells] {
        var members = arms.map { _ in strata.map { _ in [Int]() } }
        for unit in 0..<units.count { members[units.arm[unit]][units.stratum[unit]].append(unit) }
        let totals = strata.indices.map { stratum in arms.indices.reduce(0) { $0 + members[$1][stratum].count } }
        var result: [ArmCells] = []
        for (arm, name) in arms.enumerated() {
            for (stratum, found) in members[arm].enumerated() where found.count < 2 && totals[stratum] > 0 {
                throw StudyError(.notIdentified, Self.lack(found.count, name, strata.count > 1 ? strata[stratum] : nil))
            }
            result.append(
                ArmCells(
                    cells: strata.indices.filter { totals[$0] > 0 }.map { stratum in
                        Cell(
                            weight: Double(totals[stratum]) / Double(units.count), members: members[arm][stratum])
                    }))
        }
        return result
    }

    private static func lack(_ count: Int, _ arm: String, _ stratum: String?) -> String {
        guard let stratum else {
            return "The arm \"\(arm)\" has \(count) units with an outcome; a spread needs at least 2 in each arm."
        }
        return "The arm \"\(arm)\" has \(count) units in the stratum \"\(stratum)\", and needs 2; merge strata."
    }

    /// The weighted mean of a column; 1 where there is no column.
    func mean(_ values: [Double]?) -> Double {
        guard let values else { return 1 }
        return cells.reduce(0) { $0 + $1.weight * $1.mean(values) }
    }

    /// The covariance of the weighted means of two columns.
    func covariance(_ a: [Double], _ b: [Double]) -> Double {
        cells.reduce(0) { $0 + $1.weight * $1.weight * $1.covariance(a, b) / Double($1.members.count) }
    }

    /// The degrees of freedom of the variance of a weighted mean (Satterthwaite, 1946).
    func degrees(_ values: [Double]) -> Double {
        let parts = cells.map { ($0.weight * $0.weight * $0.covariance(values, values) / Double($0.members.count), $0) }
        let sum = parts.reduce(0) { $0 + $1.0 }
        let lost = parts.reduce(0) { $0 + $1.0 * $1.0 / Double($1.1.members.count - 1) }
        return lost > 0 ? sum * sum / lost : Double(count - cells.count)
    }
}

extension ArmCells.Cell {
    func mean(_ values: [Double]) -> Double {
        var sum = 0.0
        for unit in members { sum += values[unit] }
        return sum / Double(members.count)
    }

    /// With n − 1.
    func covariance(_ a: [Double], _ b: [Double]) -> Double {
        let (first, second) = (mean(a), mean(b))
        var sum = 0.0
        for unit in members { sum += (a[unit] - first) * (b[unit] - second) }
        return sum / Double(members.count - 1)
    }
}
