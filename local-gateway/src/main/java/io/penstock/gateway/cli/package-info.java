/**
 * The penstock command: parses, starts the service when none runs, asks it, and prints. Depends on picocli, {@code home} and
 * {@code json}; never on Spring, which would cost its start time.
 */
@NullMarked
package io.penstock.gateway.cli;

import org.jspecify.annotations.NullMarked;
