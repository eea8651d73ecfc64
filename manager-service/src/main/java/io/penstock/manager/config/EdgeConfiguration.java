package io.penstock.manager.config;

import io.penstock.manager.api.grpc.AgentEndpoint;
import io.penstock.manager.api.grpc.BearerInterceptor;
import io.penstock.manager.api.grpc.CarrierEndpoint;
import io.penstock.manager.api.grpc.Front;
import io.penstock.manager.api.grpc.GatewayEndpoint;
import io.penstock.manager.api.grpc.Reachable;
import io.penstock.manager.api.rest.BearerFilter;
import io.penstock.manager.api.rest.BodyLimitFilter;
import io.penstock.manager.api.rest.ControlAddress;
import io.penstock.manager.api.rest.ProblemWriter;
import io.penstock.manager.metrics.ManagerMeters;
import io.penstock.manager.pairing.TokenIssuer;
import io.penstock.manager.plane.Attendance;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.security.BearerToken;
import io.penstock.manager.security.StateDirectory;
import java.security.SecureRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two edges, REST and gRPC, and the token that both ask for.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    @Bean
    StateDirectory stateDirectory(ManagerProperties properties, @Value("${PENSTOCK_HOME:}") String penstockHome) {
        return new StateDirectory(properties.homeIn(penstockHome), new SecureRandom());
    }

    @Bean
    BearerToken bearerToken(StateDirectory home) {
        return home.token();
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<BearerFilter> bearerFilter(BearerToken token, ProblemWriter problems) {
        var filter = new FilterRegistrationBean<>(new BearerFilter(token, problems));
        filter.setOrder(1);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(ManagerProperties properties, ProblemWriter problems) {
        int limit = Math.toIntExact(properties.limits().requestBody().toBytes());
        var filter = new FilterRegistrationBean<>(new BodyLimitFilter(limit, problems));
        filter.setOrder(2);
        return filter;
    }

    @Bean
    @GlobalServerInterceptor
    BearerInterceptor bearerInterceptor(BearerToken token) {
        return new BearerInterceptor(token);
    }

    @Bean
    ControlAddress controlAddress(
            ManagerProperties properties,
            @Value("${spring.grpc.server.address}") String bindAddress,
            ObjectProvider<GrpcServerLifecycle> server) {
        String advertised = properties.control().advertisedAddress();
        Addresses.check("penstock.manager.control.advertised-address", advertised, bindAddress);
        return () ->
                Addresses.advertised(advertised, bindAddress, server.getObject().getPort());
    }

    @Bean
    Front front(ControlLoop loop, Attendance attendance, ManagerMeters meters, Reachable manager, TokenIssuer tokens) {
        return new Front(loop, attendance, meters, manager, tokens);
    }

    @Bean
    AgentEndpoint agentEndpoint(Front front) {
        return new AgentEndpoint(front);
    }

    @Bean
    CarrierEndpoint carrierEndpoint(ManagerProperties properties, RelayLifecycle relay) {
        return new CarrierEndpoint(relay::server, properties.relay().tls().admitsCalls());
    }

    @Bean
    GatewayEndpoint gatewayEndpoint(Front front) {
        return new GatewayEndpoint(front);
    }
}
