package io.penstock.manager.store;

import io.penstock.manager.intercept.FailurePolicy;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Values that are stored as JSON documents, so that they can gain fields without a new column. A field that a document lacks
 * is null to the value's constructor, and one that the value lacks is ignored.
 *
 * <p><em>Immutable</em>.
 */
final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addSerializer(FailurePolicy.class, ToStringSerializer.instance)
                    .addDeserializer(FailurePolicy.class, new PolicyReader()))
            .build();

    private Documents() {}

    /** Policies are kept as REST shows them. Immutable. */
    private static final class PolicyReader extends FromStringDeserializer<FailurePolicy> {
        PolicyReader() {
            super(FailurePolicy.class);
        }

        @Override
        protected FailurePolicy _deserialize(String text, DeserializationContext context) {
            return FailurePolicy.parse("policy", text, FailurePolicy.FAIL_OPEN);
        }
    }

    static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    static <T> T read(String document, Class<T> type) {
        return JSON.readValue(document, type);
    }
}
