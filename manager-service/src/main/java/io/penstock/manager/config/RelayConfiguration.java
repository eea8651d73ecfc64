package io.penstock.manager.config;

import io.penstock.manager.api.grpc.Reachable;
import io.penstock.manager.pairing.TokenIssuer;
import io.penstock.manager.security.StateDirectory;
import io.penstock.manager.session.LeasePolicy;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The relay and the tokens that it asks for.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    TokenIssuer tokenIssuer(StateDirectory home) {
        var key = new SecretKeySpec(home.joinKey(), "HmacSHA256");
        return (link, side, expiresAt) -> {
            byte[] body = ByteBuffer.allocate(26)
                    .put((byte) 1)
                    .put(link.toBytes())
                    .put((byte) side.wire())
                    .putLong(expiresAt.getEpochSecond())
                    .array();
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return ByteBuffer.allocate(58).put(body).put(mac.doFinal(body)).array();
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError("HmacSHA256 is in every JDK", impossible);
            }
        };
    }

    @Bean
    Reachable reachable(ManagerProperties properties, LeasePolicy lease) {
        var relay = properties.relay();
        Addresses.check("penstock.manager.relay.advertised-address", relay.advertisedAddress(), relay.address());
        return new Reachable(
                lease, () -> Addresses.advertised(relay.advertisedAddress(), relay.address(), relay.port()));
    }
}
