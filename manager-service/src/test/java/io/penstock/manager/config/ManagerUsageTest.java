package io.penstock.manager.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The help names settings that there are. */
class ManagerUsageTest {

    private static final Pattern NAMED = Pattern.compile("--([a-z.-]+)=");
    private static final Pattern DESCRIBED = Pattern.compile("\"name\":\\s*\"([a-z0-9.-]+)\"");

    @Test
    void namesOnlySettingsThatThereAre() throws IOException {
        List<String> named = NAMED.matcher(ManagerUsage.TEXT)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(named).hasSizeGreaterThan(5).contains("penstock.manager.home", "server.port");
        assertThat(described()).containsAll(named);
    }

    private static Set<String> described() throws IOException {
        Set<String> names = new TreeSet<>();
        ClassLoader loader = ManagerUsageTest.class.getClassLoader();
        for (URL page : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = page.openStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                DESCRIBED.matcher(text).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }
}
