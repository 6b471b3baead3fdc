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
            return ControlRoom.Receipt(status: 400, "The body is not UTF-8 text.\n")
        }
        do {
            var reader = TaskReader(file: "body", now: .now)
            let tasks = reader.read(try TableFile(text: text, file: "body"))
            let added = try registry.add(tasks, at: .now)
            let status = tasks.isEmpty && reader.diagnostics.rejections > 0 ? 400 : 200
            return ControlRoom.Receipt(
                status: status, type: "application/json",
                answer(tasks: tasks.count, added: added, reader.diagnostics).text)
        } catch let error as InputError {
            return ControlRoom.Receipt(status: 400, error.description + "\n")
        } catch {
            return ControlRoom.Receipt(status: 503, "The tasks cannot be kept now: \(error). Send them again.\n")
        }
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
