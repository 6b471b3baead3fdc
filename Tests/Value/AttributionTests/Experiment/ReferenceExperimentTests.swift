import Attribution
import Foundation
import Inputs
import Statistics
import Testing

@Suite("A/B tests: the reference's numbers")
struct ReferenceExperimentTests {
    static let file = "../shared/data/attribution/cuped_synth.csv"

    /// GrowthBook's own fixture, known by its sums.
    private func fixture(_ options: ABTest.Options = .init()) throws -> ABComparison {
        let control = ArmSummary(count: 3407, sum: 1396.87, sumOfSquares: 52377.9767)
        let treated = ArmSummary(count: 3461, sum: 2422.7, sumOfSquares: 134698.29)
        return try ABTest.run("m", control: ("A", control), treated: [("B", treated)], options).primary
    }

    @Test("Welch: effect, error, interval, p and degrees of freedom")
    func welch() throws {
        let found = try fixture()
        let (low, high) = (try #require(found.interval.low), try #require(found.interval.high))
        #expect(abs(found.estimate - 0.29) < 1e-8)
        #expect(abs(found.standardError - 0.12478363158758794) < 1e-8)
        #expect(abs(low - 0.04537789255929012) < 1e-8)
        #expect(abs(high - 0.5346221074407098) < 1e-8)
        #expect(try abs(#require(found.pValue) - 0.020158402643587037) < 1e-8)
        #expect(abs(found.degrees - 5841.742032) < 1e-6)
    }

    @Test("The relative effect takes the control's error in, and may disagree with the absolute one")
    func relative() throws {
        let found = try #require(try fixture().relative)
        let (low, high) = (try #require(found.interval.low), try #require(found.interval.high))
        #expect(abs(found.estimate - 0.7073170731707317) < 1e-8)
        #expect(abs(found.standardError - 0.3787943616681428) < 1e-8)
        #expect(abs(low - -0.03526008906611777) < 1e-8)
        #expect(abs(high - 1.449894235407581) < 1e-8)
        #expect(abs(found.pValue - 0.06191182745618362) < 1e-8)
        let study = try ABTest.run(
            "m", control: ("A", ArmSummary(count: 3407, sum: 1396.87, sumOfSquares: 52377.9767)),
            treated: [("B", ArmSummary(count: 3461, sum: 2422.7, sumOfSquares: 134698.29))])
        #expect(study.effect.warnings.contains { $0.contains("relative one is not") })
    }

    @Test("Fieller's interval of the relative effect holds the ratios that the data do not refute")
    func fieller() throws {
        let found = try fixture()
        let ends = try #require(found.relative?.fieller)
        let width = StudentsT.quantile(0.975, degrees: found.degrees)
        for ratio in [ends.lowerBound, ends.upperBound] {
            // treated − (1 + ratio) × control stands exactly `width` standard errors from 0 at either end.
            let difference = found.treated.found - (1 + ratio) * found.control.found
            let variance = found.treated.variance + (1 + ratio) * (1 + ratio) * found.control.variance
            #expect(abs(abs(difference) / variance.squareRoot() - width) < 1e-9)
        }
    }

    private func synthetic(adjusted: Bool) throws -> ABTest {
        var columns = ExperimentColumns(variant: "group", control: "0", outcomes: ["post"])
        if adjusted { columns.before = ["pre"] }
        return try ABTest.run(try columns.read(try TableFile(path: Self.file)))
    }

    @Test(
        "Without covariates", .enabled(if: FileManager.default.fileExists(atPath: file), "the shared data is not there")
    )
    func unadjusted() throws {
        let found = try synthetic(adjusted: false).primary
        #expect(abs(found.estimate - 0.3296614901230175) < 1e-9)
        #expect(abs(found.standardError - 0.22766841829580495) < 1e-9)
        #expect(try abs(#require(found.pValue) - 0.14801273570493723) < 1e-9)
        #expect(abs(found.degrees - 797.9999660331541) < 1e-6)
        #expect(found.control.count == 400 && found.treated.count == 400)
    }

    @Test(
        "CUPED: θ, correlation, effect, error, relative effect and variance reduction",
        .enabled(if: FileManager.default.fileExists(atPath: file), "the shared data is not there"))
    func cuped() throws {
        let study = try synthetic(adjusted: true)
        let (found, adjustment) = (study.primary, try #require(study.adjustment))
        #expect(abs(adjustment.coefficients[0] - 0.8158039001272809) < 1e-10)
        #expect(abs(adjustment.correlation - 0.7714985447480522) < 1e-10)
        #expect(abs(found.estimate - 0.40125282559769637) < 1e-9)
        #expect(abs(found.standardError - 0.14434268445051562) < 1e-9)
        #expect(try abs(#require(found.pValue) - 0.005566469462675583) < 1e-9)
        #expect(try abs(#require(found.interval.low) - 0.11791563766602553) < 1e-9)
        #expect(try abs(#require(found.interval.high) - 0.6845900135293672) < 1e-9)
        #expect(try abs(#require(found.varianceReduction) - 0.5980) < 1e-4)
        #expect(try abs(#require(found.unadjusted).estimate - 0.3296614901230175) < 1e-9)
        let relative = try #require(found.relative)
        #expect(abs(relative.estimate - 0.03005878704808429) < 1e-9)
        #expect(abs(relative.standardError - 0.01094425695560398) < 1e-9)
        #expect(abs(relative.pValue - 0.006158829256590614) < 1e-8)
    }

    @Test("Power before the start: 63.7656 in each arm for half a standard deviation")
    func power() throws {
        let units = try #require(SampleSize.perArm(effect: 0.5))
        #expect(abs(units - 63.76561058891169) < 1e-6)
        let plan = try PowerPlan(.mean(effect: 5, deviation: 10), unitsPerDay: 30)
        #expect(plan.perArm == 64 && plan.days == 5)
        let clustered = try PowerPlan(
            .mean(effect: 5, deviation: 10), clusterSize: 11, intraclassCorrelation: 0.1)
        #expect(clustered.designEffect == 2 && clustered.perArm == 128 && clustered.days == nil)
    }
}
