package io.penstock.gateway.cli;

import picocli.CommandLine.Option;

/**
 * How a command's answer looks.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
final class OutputOptions {

    @Option(names = "--json", description = "Print one JSON document on standard output and nothing else there.")
    boolean json;
}
