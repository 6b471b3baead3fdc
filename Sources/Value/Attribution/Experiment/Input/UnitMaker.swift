/// Makes units of the rows of an experiment, one metric after the other.
struct UnitMaker {
    private let experiment: Experiment
    private let strata: [Int]?
    private let clusters: [Int]?

    /// - Throws: ``StudyError`` where a cluster stands in two arms or strata.
    init(_ experiment: Experiment) throws(StudyError) {
        self.experiment = experiment
        strata = experiment.strata.map { Names($0).numbers }
        clusters = experiment.clusters.map { Names($0).numbers }
        try checkClusters()
    }

    /// The units of rows whose outcome is known.
    ///
    /// - Parameter isClustered: whether the rows of a cluster are one unit.
    func units(of metric: Experiment.Metric, isClustered: Bool = true) -> MetricUnits {
        var units = MetricUnits(missing: Array(repeating: 0, count: experiment.arms.count))
        var known: [Int] = []
        known.reserveCapacity(experiment.count)
        for row in 0..<experiment.count {
            if isKnown(row, metric) { known.append(row) } else { units.missing[experiment.assignment[row]] += 1 }
        }
        units.arm = known.map { experiment.assignment[$0] }
        units.stratum = strata.map { strata in known.map { strata[$0] } } ?? Array(repeating: 0, count: known.count)
        units.top = known.map { metric.values[$0] }
        units.bottom = metric.denominators.map { values in known.map { values[$0] } }
        units.received = experiment.received.map { values in known.map { values[$0] } }
        units.covariates = metric.covariates.map { values in filled(known.map { values[$0] }, &units.filled) }
        guard let clusters, isClustered else { return units }
        return units.summed(by: known.map { clusters[$0] })
    }

    private func isKnown(_ row: Int, _ metric: Experiment.Metric) -> Bool {
        metric.values[row].isFinite && metric.denominators?[row].isFinite ?? true
            && experiment.received?[row].isFinite ?? true
    }

    /// A covariate that is missing tells nothing: it stands at the mean of the known ones.
    private func filled(_ values: [Double], _ count: inout Int) -> [Double] {
        let known = values.filter(\.isFinite)
        guard known.count < values.count else { return values }
        count += values.count - known.count
        let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        return values.map { $0.isFinite ? $0 : mean }
    }

    private func checkClusters() throws(StudyError) {
        guard let clusters, let names = experiment.clusters else { return }
        var first: [Int: Int] = [:]
        for (row, cluster) in clusters.enumerated() {
            guard let start = first[cluster] else {
                first[cluster] = row
                continue
            }
            guard experiment.assignment[start] == experiment.assignment[row] else {
                throw StudyError(
                    .badInput,
                    "The cluster \"\(names[row])\" is in two arms; name the column of the unit that was assigned.")
            }
            guard strata.map({ $0[start] == $0[row] }) ?? true else {
                throw StudyError(
                    .badInput,
                    "The cluster \"\(names[row])\" is in two strata; a stratum has to hold the whole unit.")
            }
        }
    }
}

/// Names as numbers, in the order in which they first come.
struct Names<Name: Hashable> {
    private(set) var numbers: [Int] = []
    private(set) var names: [Name] = []

    init(_ values: [Name]) {
        var known: [Name: Int] = [:]
        numbers.reserveCapacity(values.count)
        for value in values {
            if let number = known[value] {
                numbers.append(number)
            } else {
                known[value] = names.count
                numbers.append(names.count)
                names.append(value)
            }
        }
    }
}
