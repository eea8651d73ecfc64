package io.penstock.manager.api;

import io.penstock.manager.ManagerApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole manager on free ports, one for all tests that ask for it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ManagerApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "penstock.manager.home=target/test-home-${random.uuid}",
            "penstock.manager.relay.port=0",
            "penstock.manager.limits.request-body=2KB",
            "spring.grpc.server.port=0",
            "management.server.port=0"
        })
@Import(ManagerTester.class)
@interface ManagerTest {}
