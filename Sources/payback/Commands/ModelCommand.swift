import ArgumentParser

/// `payback model`: what could be.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract:
            "What could be saved, and what quality is worth: levers, replay, token costs, frontier, self-hosting.",
        subcommands: [
            ModelSavingsCommand.self, ModelReplayCommand.self, ModelTokensCommand.self, ModelCachingCommand.self,
            ModelFrontierCommand.self, ModelQualityCommand.self, ModelFailureCommand.self, ModelRoutingCommand.self,
            ModelSelfHostCommand.self,
        ])
}
