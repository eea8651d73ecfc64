package io.penstock.manager.pairing;

import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.time.Instant;

/**
 * Makes the token by which one end of a link proves that it may be that end. The same arguments make the same token, so
 * that an agent can be told what its gateway will show.
 */
@FunctionalInterface
public interface TokenIssuer {

    byte[] issue(LinkId link, LinkSide side, Instant expiresAt);
}
