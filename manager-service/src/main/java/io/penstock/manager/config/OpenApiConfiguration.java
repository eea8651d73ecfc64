package io.penstock.manager.config;

import io.penstock.manager.api.rest.ProblemType;
import io.penstock.manager.api.rest.Problems;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/**
 * What the OpenAPI document says beyond the controllers: the bearer scheme, and every problem with an example.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String BEARER = "bearer";
    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_JSON = "application/problem+json";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Penstock manager")
                        .version("v1")
                        .description("Sessions, intercepts and agents. Errors are problem documents (RFC 9457).")
                        .license(new License().name("Apache-2.0")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("The token in the file \"token\" of the manager's home.")));
    }

    /** Added when all is read, because schemas that nothing reads by class would be dropped. */
    @Bean
    GlobalOpenApiCustomizer problemSchema() {
        return document -> document.getComponents().addSchemas(PROBLEM, problem());
    }

    @Bean
    GlobalOperationCustomizer problemResponses() {
        return (operation, method) -> {
            add(operation, ProblemType.UNAUTHENTICATED);
            add(operation, ProblemType.BUSY);
            declared(method, operation);
            return operation;
        };
    }

    private static void declared(HandlerMethod method, Operation operation) {
        Problems problems = method.getMethodAnnotation(Problems.class);
        if (problems != null) {
            for (ProblemType type : problems.value()) {
                add(operation, type);
            }
        }
    }

    /** Several problems may share a status: each is an example of that response. */
    private static void add(Operation operation, ProblemType type) {
        String status = String.valueOf(type.status().value());
        ApiResponse response = operation.getResponses().computeIfAbsent(status, key -> new ApiResponse());
        MediaType known =
                response.getContent() == null ? null : response.getContent().get(PROBLEM_JSON);
        MediaType body =
                known == null ? new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)) : known;
        response.setDescription(known == null ? type.title() : response.getDescription() + "; or: " + type.title());
        response.setContent(new Content().addMediaType(PROBLEM_JSON, body));
        body.addExamples(type.name(), example(type));
    }

    private static Example example(ProblemType type) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", type.urn().toString());
        value.put("title", type.title());
        value.put("status", type.status().value());
        value.put("detail", type.example());
        return new Example().value(value);
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What went wrong: what, value, expectation.")
                .addProperty("type", new StringSchema().format("uri").description("Stable; urn:penstock:problem:..."))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri"));
    }
}
