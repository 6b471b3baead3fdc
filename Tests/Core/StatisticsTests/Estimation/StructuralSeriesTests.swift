import Statistics
import Testing

@Suite("Structural time series")
struct StructuralSeriesTests {
    /// Yearly flow of the Nile at Aswan, 1871 to 1970 (Cobb, 1978), 10⁸ m³.
    private static let nile: [Double] = [
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
    ]

    private func none(_ rows: Int) -> Matrix { Matrix(rows: rows, columns: 0) }

    @Test("The Nile's variances are those of Durbin and Koopman (2012): 15,099 and 1,469")
    func nile() throws {
        let series = try #require(
            StructuralSeries(Self.nile, regressors: none(100), shape: .init(), variances: .likeliest))
        let (noise, level) = (series.deviations.noise, series.deviations.level)
        #expect(abs(noise * noise - 15099) < 15)
        #expect(abs(level * level - 1469.1) < 5)
        let forecast = series.forecast(none(3))
        #expect(abs(forecast.means[0] - 798.37) < 0.1)
        #expect(forecast.means[0] == forecast.means[2] || abs(forecast.means[0] - forecast.means[2]) < 1e-9)
        #expect(forecast.deviations[2] > forecast.deviations[0])
    }

    @Test("A straight line goes on, a season comes round, a regressor is followed")
    func exact() throws {
        var random = SeededRandom(seed: 2)
        let price = (0..<60).map { _ in random.unit() }
        let season: [Double] = [2, 0, -1, -1]
        let values = (0..<60).map { time -> Double in
            let line = 3 + 0.5 * Double(time) + season[time % 4]
            return line + 4 * price[time] + 0.001 * random.unit()
        }
        let regressors = Matrix(rows: 60, columns: [price])
        let series = try #require(
            StructuralSeries(
                Array(values.prefix(48)), regressors: regressors.selecting(rows: Array(0..<48)),
                shape: .init(hasSlope: true, season: 4), variances: .likeliest))
        let forecast = series.forecast(regressors.selecting(rows: Array(48..<60)))
        for (found, expected) in zip(forecast.means, values.dropFirst(48)) { #expect(abs(found - expected) < 0.05) }
    }

    @Test("A million times the values is a million times the answer")
    func scale() throws {
        let small = try #require(
            StructuralSeries(Self.nile, regressors: none(100), shape: .init(hasSlope: true), variances: .likeliest))
        let large = try #require(
            StructuralSeries(
                Self.nile.map { $0 * 1e6 }, regressors: none(100), shape: .init(hasSlope: true), variances: .likeliest))
        let (a, b) = (small.forecast(none(4)), large.forecast(none(4)))
        for (x, y) in zip(a.means, b.means) { #expect(abs(y / 1e6 - x) < 1e-4 * x) }
        #expect(abs(b.meanDeviation / 1e6 / a.meanDeviation - 1) < 1e-4)
    }

    @Test("A prior holds the level; errors of several points go together")
    func prior() throws {
        let series = try #require(
            StructuralSeries(
                Self.nile, regressors: none(100), shape: .init(), variances: .prior(guess: 0.01, count: 32)))
        let free = try #require(
            StructuralSeries(Self.nile, regressors: none(100), shape: .init(), variances: .likeliest))
        #expect(series.deviations.level < free.deviations.level / 4)
        let forecast = free.forecast(none(10))
        #expect(forecast.meanDeviation < forecast.deviations[9])
        #expect(forecast.meanDeviation > forecast.deviations[9] / 10.0.squareRoot())
    }

    @Test("Too few values, and equal ones, have no series")
    func refusals() {
        #expect(StructuralSeries([1, 2, 3], regressors: none(3), shape: .init(), variances: .likeliest) == nil)
        let same = [Double](repeating: 4, count: 30)
        #expect(StructuralSeries(same, regressors: none(30), shape: .init(), variances: .likeliest) == nil)
    }
}
