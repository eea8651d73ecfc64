/**
 * Addresses as people write them, for flags, requests and snapshots of all services. Depends on the JDK, and on Netty's
 * grammar of addresses.
 */
@NullMarked
package io.penstock.tunnel.address;

import org.jspecify.annotations.NullMarked;
