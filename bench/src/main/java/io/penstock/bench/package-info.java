/**
 * The command line of the harness: demo, bench, and the tiny web app as a process of its own. May depend on every package
 * below it and on picocli.
 */
@NullMarked
package io.penstock.bench;

import org.jspecify.annotations.NullMarked;
