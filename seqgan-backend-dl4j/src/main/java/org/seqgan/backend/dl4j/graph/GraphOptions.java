package org.seqgan.backend.dl4j.graph;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.plugin.Option;

/** Options of discriminator and generator {@code dl4j-graph}. */
public record GraphOptions(
    @Option(
            description =
                "a ComputationGraphConfiguration as JSON, or a ComputationGraph with its weights as"
                    + " ModelSerializer writes it (zip)",
            required = true)
        Path file,
    @Option(
            description =
                "how tokens enter the graph; told from its first layer where this is not set")
        Optional<TokenInput> input) {}
