/**
 * Links and the streams on them: keeps the links that the snapshot lists, and takes each stream to its local target. Depends
 * on {@code session}, {@code problem} and the tunnel.
 */
@NullMarked
package io.penstock.gateway.forward;

import org.jspecify.annotations.NullMarked;
