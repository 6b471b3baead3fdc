/// Gives steps as few columns as possible: a column is free again after its last reader, so that a block of draws stays
/// in the processor's cache.
enum RegisterAllocation {
    /// - Returns: the steps that matter, how many registers they need, and where the results are.
    static func assign(
        _ steps: [ModelProgram.Step], inputs: Int, results: [ModelProgram.Operand]
    ) -> (instructions: [ModelProgram.Instruction], registers: Int, results: [ModelProgram.Operand]) {
        let end = steps.count
        var lastUse = [Int](repeating: -1, count: inputs + end)
        for case .register(let value) in results { lastUse[value] = end }
        for position in steps.indices.reversed() where lastUse[inputs + position] >= 0 {
            for case .register(let value) in steps[position].operands where lastUse[value] < 0 {
                lastUse[value] = position
            }
        }
        var places = Array(0..<inputs) + [Int](repeating: -1, count: end)
        var free: [Int] = []
        var count = inputs
        var instructions: [ModelProgram.Instruction] = []
        let located = { (operand: ModelProgram.Operand, places: [Int]) -> ModelProgram.Operand in
            if case .register(let value) = operand { return .register(places[value]) }
            return operand
        }
        for position in steps.indices where lastUse[inputs + position] >= 0 {
            let step = steps[position].mapped { located($0, places) }
            for case .register(let value) in Set(steps[position].operands) where lastUse[value] == position {
                // Inputs keep their columns: blocks are refilled there.
                if value >= inputs { free.append(places[value]) }
            }
            let target: Int
            if let reused = free.popLast() { target = reused } else { (target, count) = (count, count + 1) }
            places[inputs + position] = target
            instructions.append(ModelProgram.Instruction(step: step, target: target))
        }
        return (instructions, count, results.map { located($0, places) })
    }
}
