/**
 * What an intercept is about. Depends on {@code refusal}.
 */
@NullMarked
package io.penstock.manager.workload;

import org.jspecify.annotations.NullMarked;
