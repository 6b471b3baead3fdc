internal import Dispatch
internal import Ledger
internal import NIOCore

/// Writes the journal once for everything that happened in one turn of the event loop, and lets requests go on when
/// what they wrote is as safe as the operator wants it (group commit).
final class DurableQueue {
    /// What goes on: with the failure, where the journal could not be written.
    typealias Continuation = (JournalError?) -> Void

    private let eventLoop: any EventLoop
    private let writer: JournalWriter
    private let disk: DispatchQueue
    private var waiting: [Continuation] = []
    private var isScheduled = false
    private var isSynchronising = false

    init(eventLoop: any EventLoop, writer: JournalWriter, disk: DispatchQueue) {
        (self.eventLoop, self.writer, self.disk) = (eventLoop, writer, disk)
    }

    /// Calls `body` on the event loop once everything that the writer has taken in so far is safe.
    func after(_ durability: JournalDurability, _ body: @escaping Continuation) {
        if durability == .async { return body(nil) }
        waiting.append(body)
        guard !isScheduled, !isSynchronising else { return }
        isScheduled = true
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute { bound.value.write(durability) }
    }

    private func write(_ durability: JournalDurability) {
        isScheduled = false
        let bodies = waiting
        waiting.removeAll(keepingCapacity: true)
        do throws(JournalError) { try writer.flush() } catch {
            for body in bodies { body(error) }
            return
        }
        guard durability == .fsync, let handle = writer.handle else {
            for body in bodies { body(nil) }
            return
        }
        synchronise(handle, bodies)
    }

    /// Waits for the disk on another thread; what comes meanwhile waits for the next round.
    private func synchronise(_ handle: JournalHandle, _ bodies: [Continuation]) {
        isSynchronising = true
        let bound = NIOLoopBound((self, bodies), eventLoop: eventLoop)
        disk.async { [eventLoop] in
            let result = Result { () throws(JournalError) in try handle.synchronise() }
            eventLoop.execute {
                let (queue, bodies) = bound.value
                queue.isSynchronising = false
                let failure: JournalError? = if case .failure(let error) = result { error } else { nil }
                for body in bodies { body(failure) }
                if !queue.waiting.isEmpty, !queue.isScheduled { queue.write(.fsync) }
            }
        }
    }
}
