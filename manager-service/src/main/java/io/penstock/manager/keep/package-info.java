/**
 * What outlives the manager's process: working sets in memory, and the stores that they are written to. Depends on {@code
 * refusal}.
 */
@NullMarked
package io.penstock.manager.keep;

import org.jspecify.annotations.NullMarked;
