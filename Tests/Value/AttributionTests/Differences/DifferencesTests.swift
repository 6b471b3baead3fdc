import Attribution
import Documents
import Domain
import Testing

@Suite("Difference-in-differences")
struct DifferencesTests {
    @Test(
        "Proposition 99: 2 × 2 of means and regression agree; errors clustered by state",
        .enabled(if: StudyData.isThere, Comment(rawValue: StudyData.reason)))
    func california() throws {
        let study = try DifferencesStudy(try StudyData.prop99(), StudyData.california, .init())
        #expect(isNear(study.effect.estimate, -27.349111265, 1e-6))
        let regression = try #require(study.regression)
        #expect(isNear(regression.estimate, -27.349111265, 1e-6))
        #expect(isNear(regression.standardError, 2.84874148448073, 1e-6))
        #expect(regression.clusters == 39)
        #expect(study.json.text.contains("\"treated_before\": 116.210526316"))
        #expect(study.json.text.contains("\"control_after\": 102.058114035"))
        let other = try DifferencesStudy(try StudyData.prop99ForDifferences(), StudyData.california, .init())
        #expect(isNear(other.effect.estimate, -27.349111084, 1e-6))
    }

    @Test(
        "With one treated unit the clustered error is not used, and a word says why",
        .enabled(if: StudyData.isThere, Comment(rawValue: StudyData.reason)))
    func oneTreated() throws {
        let study = try DifferencesStudy(try StudyData.prop99(), StudyData.california, .init())
        #expect(try #require(study.effect.standardError) > 10)
        #expect(isNear(study.effect.pValue, 5.0 / 39, 1e-12))
        #expect(study.effect.warnings.contains { $0.contains("One unit is treated") })
    }

    /// Three starts with effects that grow by 1 a step, two units each, and two units without.
    private static let staggered: [String] = (0..<8).flatMap { unit -> [String] in
        let start = [3, 3, 5, 5, 7, 7, 0, 0][unit]
        return (1...9).map { time in
            let effect = start > 0 && time >= start ? Double(time - start + 1) : 0
            let noise = Double((unit * 7 + time * 3) % 5) * 0.001
            return
                "u\(unit),\(time),\(Double(unit) + 2 * Double(time) + effect + noise),\(start == 0 ? "" : "\(start)")"
        }
    }

    @Test("Staggered starts: effects that grow are found step by step, which the regression mixes up")
    func growth() throws {
        let panel = try StudyData.panel(Self.staggered, cohort: true)
        for controls in [GroupTimeEffects.Controls.never, .notYet] {
            let study = try DifferencesStudy(staggered: panel, .init(controls: controls))
            for (event, estimate) in study.events where event >= 0 {
                #expect(isNear(estimate.estimate, Double(event + 1), 0.01), "\(event)")
            }
            for (event, estimate) in study.events where event < 0 {
                #expect(isNear(estimate.estimate, 0, 0.01), "\(event)")
            }
            // 2 × (1 + … + 7), 2 × (1 + … + 5), 2 × (1 + 2 + 3), over 2 × 15.
            #expect(isNear(study.effect.estimate, (28.0 + 15 + 6) / 15, 0.01))
            #expect(study.effect.method == "did/staggered")
            #expect(try #require(study.regression).estimate < 2.8)
        }
    }

    @Test("Without units that are never treated, later ones serve; nobody at all is refused")
    func nobodyLeft() throws {
        let rows = Self.staggered.filter { !$0.hasPrefix("u6") && !$0.hasPrefix("u7") }
        let study = try DifferencesStudy(staggered: try StudyData.panel(rows, cohort: true), .init())
        #expect(study.json.text.contains("\"control_group\": \"not-yet\""))
        let alone = Self.staggered.filter { $0.hasPrefix("u0") || $0.hasPrefix("u1") }
        #expect(throws: StudyError.self) {
            try DifferencesStudy(staggered: try StudyData.panel(alone, cohort: true), .init())
        }
        let never = Self.staggered.filter { $0.hasPrefix("u6") || $0.hasPrefix("u7") }
        #expect(throws: StudyError.self) {
            try DifferencesStudy(staggered: try StudyData.panel(never, cohort: true), .init())
        }
    }

    @Test("Two times, a unit without one, trends that part: each is said")
    func warnings() throws {
        let two = try StudyData.panel(["a,1,1", "a,2,5", "b,1,1", "b,2,2", "c,1,3", "c,2,4", "d,1,3", "d,2,"])
        let study = try DifferencesStudy(two, .init(treated: ["a"], start: "2"), .init())
        #expect(isNear(study.effect.estimate, 3, 1e-12))
        #expect(study.effect.grade == .beforeAfter)
        #expect(study.effect.warnings.contains { $0.contains("d has no y at 2") })
        #expect(study.effect.warnings.contains { $0.contains("too few times before") })
        let parting = (0..<12).flatMap { unit in
            (1...8).map { time in
                "u\(unit),\(time),\(unit < 6 ? 2.0 * Double(time) : 0.01 * Double((unit * 5 + time * 7) % 11))"
            }
        }
        let treated = (0..<6).map { "u\($0)" }
        let moved = try DifferencesStudy(try StudyData.panel(parting), .init(treated: treated, start: "6"), .init())
        #expect(moved.effect.grade == .beforeAfter)
        #expect(moved.effect.warnings.contains { $0.contains("did not run parallel") })
    }

    @Test("A factor is a factor, a constant nothing, order nothing")
    func invariances() throws {
        let rows = Self.staggered
        let plain = try DifferencesStudy(staggered: try StudyData.panel(rows, cohort: true), .init())
        func changed(_ change: (Double) -> Double) throws -> DifferencesStudy {
            let rows = rows.map { row -> String in
                var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                cells[2] = "\(change(Double(cells[2]) ?? 0))"
                return cells.joined(separator: ",")
            }
            return try DifferencesStudy(staggered: try StudyData.panel(rows.reversed(), cohort: true), .init())
        }
        let estimate = try #require(plain.effect.estimate)
        let error = try #require(plain.effect.standardError)
        let scaled = try changed { $0 * 1e6 }
        #expect(isNear(scaled.effect.estimate, estimate * 1e6, 1e-3))
        #expect(isNear(scaled.effect.standardError, error * 1e6, 1e-3))
        let moved = try changed { $0 + 500 }
        #expect(isNear(moved.effect.estimate, estimate, 1e-9))
        #expect(isNear(moved.effect.standardError, error, 1e-9))
    }

    @Test("The page has the courses, the event study and what cannot be ruled out")
    func page() throws {
        let study = try DifferencesStudy(staggered: try StudyData.panel(Self.staggered, cohort: true), .init())
        let html = HTMLRenderer().render(study.document)
        #expect(html.contains("bars ranges") && html.contains("What this cannot rule out"))
        #expect(html.contains("Effect by start"))
    }
}
