/**
 * What agents and gateways tell about their links and intercepts. Depends on {@code refusal} and {@code intercept}.
 */
@NullMarked
package io.penstock.manager.report;

import org.jspecify.annotations.NullMarked;
