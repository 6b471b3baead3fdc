import Dashboard
import Documents
import Domain
import Inputs
import Productivity
import Registry

/// Takes task metrics from applications: `POST /api/v1/tasks` with one JSON object, JSON lines, an array, or CSV.
struct TaskIntake: Sendable {
    let registry: RegistryStore

    /// Keeps the tasks; those that cannot be understood are named, the others are kept. One known already changes nothing.
    func take(_ request: ControlRoom.Delivery) -> ControlRoom.Receipt {
        guard let text = String(validating: request.body, as: UTF8.self) else {
            return refusal(400, "bad_request", "The body is not UTF-8 text.")
        }
        do {
            var reader = TaskReader(file: "body", now: .now)
            let tasks = reader.read(try TableFile(text: text, file: "body"))
            let added = try registry.add(tasks, at: .now)
            let summary = answer(tasks: tasks.count, added: added, reader.diagnostics)
            guard tasks.isEmpty, reader.diagnostics.rejections > 0 else {
                return ControlRoom.Receipt(type: "application/json", summary.text)
            }
            return refusal(400, "no_task", "None of it is a task; diagnostics tell why.", summary)
        } catch let error as InputError {
            return refusal(400, "bad_request", error.description)
        } catch {
            return refusal(503, "unavailable", "The tasks cannot be kept now: \(error). Send them again.")
        }
    }

    /// A refusal as all of the API writes it, with what else is known.
    private func refusal(
        _ status: Int, _ code: String, _ message: String, _ rest: JSONOutput = .object([])
    ) -> ControlRoom.Receipt {
        let error: JSONOutput = ["code": .string(code), "message": .string(message)]
        return ControlRoom.Receipt(status: status, type: "application/json", rest.adding("error", error).text)
    }

    private func answer(tasks: Int, added: Int, _ diagnostics: Diagnostics) -> JSONOutput {
        [
            "added": .integer(Int64(added)), "repeated": .integer(Int64(tasks - added)),
            "rows_rejected": .integer(Int64(diagnostics.rejections)),
            "diagnostics": .array(
                diagnostics.entries.map {
                    [
                        "line": .count($0.line.map { Int64($0) }), "code": .string($0.code),
                        "message": .string($0.message),
                    ]
                }),
        ]
    }
}
