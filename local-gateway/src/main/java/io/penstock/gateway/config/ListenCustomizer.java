package io.penstock.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts the web server where the settings say.
 *
 * <p><em>Startup only</em>.
 */
@Component
final class ListenCustomizer implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    private final GatewayProperties.Listen listen;

    ListenCustomizer(GatewayProperties properties) {
        this.listen = properties.listen();
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        factory.setPort(listen.port());
        try {
            factory.setAddress(InetAddress.getByName(listen.address()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "penstock.gateway.listen.address: " + listen.address() + " (expected: an address of this machine)",
                    e);
        }
    }
}
