package io.penstock.system.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of one Spring service: its own, from the metadata that its records leave, and those of Spring that its
 * {@code application.yml} chooses.
 *
 * @param prefix of its own keys
 * @param application its {@code spring.application.name}
 *     <p><em>Immutable</em>.
 */
record ServiceSettings(String prefix, String application) {

    /** Spring's keys that say where a service listens. */
    private static final List<String> LISTENING =
            List.of("server.address", "server.port", "spring.grpc.server.", "management.server.");

    /** One key. <em>Immutable</em>. */
    record Setting(String key, String type, String standard, String meaning) {}

    /** Its own keys, sorted. */
    List<Setting> own() {
        List<Setting> found = new ArrayList<>();
        for (JsonNode metadata : metadata()) {
            for (JsonNode property : metadata.path("properties")) {
                if (property.path("name").asString().startsWith(prefix + ".")) {
                    found.add(setting(property));
                }
            }
        }
        found.sort(Comparator.comparing(Setting::key));
        return found;
    }

    private static Setting setting(JsonNode property) {
        return new Setting(
                property.path("name").asString(),
                typeOf(property.path("type").asString()),
                property.path("defaultValue").asString(""),
                property.path("description").asString("").replaceAll("\\{@code ([^}]*)}", "`$1`"));
    }

    private static String typeOf(String javaType) {
        return switch (javaType.substring(javaType.lastIndexOf('.') + 1)) {
            case "Duration" -> "duration";
            case "DataSize" -> "size";
            case "Integer", "Long", "Double" -> "number";
            case "Boolean" -> "true, false";
            default -> "text";
        };
    }

    private static List<JsonNode> metadata() {
        return resources("META-INF/spring-configuration-metadata.json").stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    /** Spring's keys that say where it listens, with the values that it sets. */
    Map<String, String> listening() {
        Map<String, String> chosen = new TreeMap<>();
        for (String text : resources("application.yml")) {
            Map<String, String> all = new TreeMap<>();
            flatten("", new Yaml().load(text), all);
            if (application.equals(all.get("spring.application.name"))) {
                chosen.putAll(all);
            }
        }
        chosen.keySet().removeIf(key -> LISTENING.stream().noneMatch(key::startsWith));
        return chosen;
    }

    private static void flatten(String path, Object node, Map<String, String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flatten(path.isEmpty() ? "" + key : path + "." + key, value, into));
        } else {
            into.put(path, String.valueOf(node));
        }
    }

    private static List<String> resources(String name) {
        try {
            List<String> texts = new ArrayList<>();
            ClassLoader loader = ServiceSettings.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources(name))) {
                try (InputStream in = url.openStream()) {
                    texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
