/**
 * The directory that the command and the service share, and what lies in it. Depends on the JDK and on {@code json} only.
 */
@NullMarked
package io.penstock.gateway.home;

import org.jspecify.annotations.NullMarked;
