/**
 * The command's one thread beside its main one. Depends on the JDK only.
 */
@NullMarked
package io.penstock.gateway.cli.config;

import org.jspecify.annotations.NullMarked;
