/**
 * The REST edge: resources, problems, the bearer filter. Depends on {@code plane}, the features and Spring.
 */
@NullMarked
package io.penstock.manager.api.rest;

import org.jspecify.annotations.NullMarked;
