import Attribution
import Documents
import Domain
import Inputs
import Statistics
import Testing

@Suite("Before and after")
struct BeforeAfterTests {
    private static func california(lag: Int) throws -> BeforeAfterStudy {
        var request = BeforeAfterStudy.Request(start: "1989", units: ["California"])
        request.lag = lag
        return try BeforeAfterStudy(try StudyData.prop99(), request)
    }

    @Test(
        "California: coefficients, errors by lag, Durbin-Watson",
        .enabled(if: StudyData.isThere, Comment(rawValue: StudyData.reason)),
        arguments: [
            (1, 4.57823803232, 4.272670517813057), (2, 5.206615466623476, 4.859107858732371),
            (4, 5.722858432533663, 5.340894975286278),
        ])
    func california(_ lag: Int, _ corrected: Double, _ plain: Double) throws {
        let study = try Self.california(lag: lag)
        let expected = [132.2257894736842, -1.7794736842105214, -18.563444976076546, -1.4946521899153575]
        for (found, wanted) in zip(study.regression.coefficients, expected) {
            #expect(isNear(found.estimate, wanted, 1e-6))
        }
        #expect(isNear(study.effect.standardError, corrected, 1e-6))
        #expect(isNear(study.effect.standardError, plain * (31.0 / 27).squareRoot(), 1e-6))
        #expect(isNear(study.regression.levelChange.classicalError, 3.9241519946934575, 1e-6))
        #expect(isNear(Autocorrelation.durbinWatson(study.regression.residuals), 0.5352417844765145, 1e-6))
        #expect(isNear(study.means.after - study.means.before, -55.860526315789485, 1e-6))
        #expect(study.effect.grade == .beforeAfter)
        #expect(study.effect.warnings.contains { $0.contains("Durbin-Watson 0.54") })
    }

    /// Months with a season, a trend, and a jump of 5 from the 37th on.
    private static func months(
        _ count: Int = 48, jump: Double = 5, _ change: (Double) -> Double = { $0 }
    ) -> [String] {
        var random = SeededRandom(seed: 6)
        return (0..<count).map { time in
            let month = "\(2022 + time / 12)-" + (time % 12 < 9 ? "0" : "") + "\(time % 12 + 1)"
            let season = Double([3, 1, 0, -2, -3, -1, 0, 2, 4, 1, -2, -3][time % 12])
            let value = 50 + 0.3 * Double(time) + season + 0.2 * random.gaussian() + (time >= 36 ? jump : 0)
            return "\(month),\(change(value))"
        }
    }

    private static func study(_ rows: [String], season: Int? = nil) throws -> BeforeAfterStudy {
        var request = BeforeAfterStudy.Request(start: "2025-01")
        request.season = season
        let text = (["time,y"] + rows).joined(separator: "\n")
        let columns = PanelColumns(unit: nil, time: "time", outcome: "y")
        return try BeforeAfterStudy(try PanelReader.read(try .init(text: text, file: "s.csv"), columns), request)
    }

    @Test("A season that is known makes the error small, and the forecast finds the jump too")
    func season() throws {
        let (blind, seeing) = (try Self.study(Self.months()), try Self.study(Self.months(), season: 12))
        #expect(isNear(seeing.effect.estimate, 5, 0.5))
        #expect(try #require(seeing.effect.standardError) < 0.5 * #require(blind.effect.standardError))
        let forecast = try #require(seeing.forecasts.first)
        #expect(isNear(forecast.meanEffect, 5, 3 * forecast.meanError + 0.1))
        #expect(seeing.forecasts.count == 4)
    }

    @Test("A factor is a factor, a constant nothing, order nothing")
    func invariances() throws {
        let plain = try Self.study(Self.months(), season: 12)
        let scaled = try Self.study(Self.months { $0 * 1e6 }, season: 12)
        let moved = try Self.study(Self.months { $0 + 1e4 }.reversed(), season: 12)
        let estimate = try #require(plain.effect.estimate)
        #expect(isNear(scaled.effect.estimate, estimate * 1e6, 1e-2))
        #expect(isNear(moved.effect.estimate, estimate, 1e-7))
        #expect(isNear(moved.effect.standardError, try #require(plain.effect.standardError), 1e-7))
        for (a, b) in zip(plain.forecasts, scaled.forecasts) {
            #expect(isNear(b.meanEffect / 1e6, a.meanEffect, 1e-3 * max(1, abs(a.meanEffect))))
        }
        #expect(moved.effect.warnings.contains { $0.contains("out of order") })
    }

    @Test("Placebo dates find nothing where nothing happened before")
    func dates() throws {
        let study = try Self.study(Self.months(), season: nil)
        #expect(study.dates.fakes.count == 29)
        #expect(study.dates.fakes.first?.label == "2022-05")
    }

    @Test("Every page says what the method cannot rule out")
    func page() throws {
        let study = try Self.study(Self.months(), season: 12)
        let pages = [
            HTMLRenderer().render(study.document), MarkdownRenderer().render(study.document),
            TextRenderer(width: 100, useColour: false).render(study.document),
        ]
        for page in pages { #expect(page.contains("What this cannot rule out") && page.contains("another tool")) }
        #expect(study.json.text.contains("\"cannot_rule_out\""))
        #expect(pages[0].contains("polygon class=\"band\""))
    }

    @Test("Too few times, gaps, a season too long, a constant, several units without a name are refused")
    func refusals() throws {
        #expect(throws: StudyError.self) { try Self.study(Self.months(30)) }
        #expect(throws: StudyError.self) { try Self.study(Self.months(), season: 30) }
        #expect(throws: StudyError.self) { try Self.study(Self.months { _ in 1 }) }
        var holed = Self.months()
        holed[7] = "2022-08,"
        let error = #expect(throws: StudyError.self) { try Self.study(holed) }
        #expect(error?.message.contains("2022-08") == true)
        let two = try StudyData.panel((1...9).flatMap { ["a,\($0),\($0)", "b,\($0),2"] })
        #expect(throws: StudyError.self) { try BeforeAfterStudy(two, .init(start: "5")) }
        #expect(throws: StudyError.self) { try BeforeAfterStudy(two, .init(start: "3", units: ["a"])) }
    }

    @Test("A single time after has a level and no slope")
    func oneAfter() throws {
        let study = try Self.study(Self.months(37))
        #expect(study.regression.slopeChange == nil)
        #expect(study.effect.warnings.contains { $0.contains("one time after") })
    }
}
