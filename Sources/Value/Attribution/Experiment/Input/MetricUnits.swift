/// One metric with a row for each unit that was assigned: the rows of a cluster are summed.
struct MetricUnits {
    /// The arm of each unit.
    var arm: [Int] = []
    /// The stratum of each unit.
    var stratum: [Int] = []
    /// The sum of its outcomes.
    var top: [Double] = []
    /// The sum of its denominators, or the number of its rows; `nil` where that is 1 everywhere.
    var bottom: [Double]?
    /// The number of its rows; `nil` where that is 1 everywhere.
    var rows: [Double]?
    /// The sums of its covariates.
    var covariates: [[Double]] = []
    /// The sum of what its rows received.
    var received: [Double]?
    /// Rows without an outcome, by arm.
    var missing: [Int] = []
    /// Covariates that were missing and stand at their mean.
    var filled = 0

    var count: Int { arm.count }

    /// The same with the rows of each cluster summed into one.
    ///
    /// - Parameter clusters: the cluster of each row.
    func summed(by clusters: [Int]) -> MetricUnits {
        let places = Names(clusters).numbers
        let count = (places.max() ?? -1) + 1
        func sums(_ values: [Double]) -> [Double] {
            var sums = [Double](repeating: 0, count: count)
            for (place, value) in zip(places, values) { sums[place] += value }
            return sums
        }
        func common(_ values: [Int]) -> [Int] {
            var result = [Int](repeating: 0, count: count)
            for (place, value) in zip(places, values) { result[place] = value }
            return result
        }
        var result = self
        let rows = sums(Array(repeating: 1, count: self.count))
        (result.arm, result.stratum, result.top) = (common(arm), common(stratum), sums(top))
        (result.bottom, result.rows) = (bottom.map(sums) ?? rows, rows)
        (result.covariates, result.received) = (covariates.map(sums), received.map(sums))
        return result
    }
}
