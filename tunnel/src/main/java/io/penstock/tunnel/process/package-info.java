/**
 * What is the same for the processes of all services: how they are told to stop, and what they say of themselves. Depends on the JDK only.
 */
@NullMarked
package io.penstock.tunnel.process;

import org.jspecify.annotations.NullMarked;
