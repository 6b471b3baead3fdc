import ArgumentParser
import Attribution
import Documents
import Domain
import Registry

/// How a study is written, and whether it is kept.
struct StudyOptions: ParsableArguments {
    @OptionGroup var outputOptions: OutputOptions
    @OptionGroup var registry: RegistryOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    @Option(
        help:
            "Keep the study under this name: the dashboard shows it, and a scenario's driver may cite it (from_study).")
    var save: String?

    mutating func validate() throws {
        if let save, !SavedStudy.isName(save) {
            throw ValidationError(
                "--save takes a name of small letters, digits, - and _, at most 64: --save copilot-pilot.")
        }
    }

    /// Writes a study, and keeps it where that is asked for.
    func finish(_ study: some Study) throws {
        let document = study.document
        if let save {
            let effect = study.effect
            try registry.open(mustExist: false).save(
                SavedStudy(
                    name: save, method: effect.method, title: document.title, subtitle: document.subtitle,
                    estimate: effect.estimate, standardError: effect.standardError, level: effect.interval?.level,
                    low: effect.interval?.low, high: effect.interval?.high, grade: effect.grade, json: study.json.text,
                    page: HTMLRenderer(carriesChartData: true).fragment(document.blocks, notes: document.notes),
                    savedAt: .now))
        }
        try outputOptions.write(document, study.json, as: format)
    }
}
