/**
 * Certificates, keys and trust of carriers, read from files and read again when these change. It may use the JDK, Netty's TLS and
 * slf4j.
 */
@NullMarked
package io.penstock.tunnel.tls;

import org.jspecify.annotations.NullMarked;
