/**
 * JSON text as maps, lists and plain values, read and written without reflection so that the command starts fast. Depends on
 * Jackson's streaming core only.
 */
@NullMarked
package io.penstock.gateway.json;

import org.jspecify.annotations.NullMarked;
