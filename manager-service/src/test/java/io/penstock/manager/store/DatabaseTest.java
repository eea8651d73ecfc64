package io.penstock.manager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.manager.intercept.InterceptSpec;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.TrafficLimits;
import io.penstock.manager.plane.PlaneStore;
import io.penstock.manager.security.StartRefused;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state file: what a store does, and what becomes of the file when things go wrong. */
final class DatabaseTest implements PlaneStoreContract {
    @TempDir
    private Path home;

    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private Database database;
    private PlaneStore stores;

    @BeforeEach
    void open() {
        database = Database.open(home.resolve("state"));
        stores = database.stores(writer);
    }

    @AfterEach
    void close() {
        database.close();
        writer.shutdownNow();
    }

    @Override
    public PlaneStore stores() {
        return stores;
    }

    private Path file() {
        return home.resolve("state.mv.db");
    }

    private void write(String id) throws InterruptedException, ExecutionException {
        var session = PlaneStoreContract.session(id, SessionState.AWAITED);
        stores.writing()
                .submit(() -> stores.sessions().write(Map.of(session.id(), Optional.of(session))))
                .get();
    }

    private Iterable<SessionId> idsIn(Path name) {
        try (Database other = Database.open(name)) {
            return other.stores(writer).sessions().load().keySet();
        }
    }

    @Test
    void hasEachWriteInTheFileWhenItEnds() throws Exception {
        for (int i = 1; i <= 5; i++) {
            write("s-" + i);
            // What a process leaves that is killed now.
            Files.copy(file(), home.resolve("left" + i + ".mv.db"));
        }

        assertThat(idsIn(home.resolve("left1"))).containsExactly(new SessionId("s-1"));
        assertThat(idsIn(home.resolve("left5"))).hasSize(5);
    }

    @Test
    void staysSmallHoweverOftenItIsWritten() throws Exception {
        for (int i = 0; i < 3000; i++) {
            write("s-" + i % 10);
        }

        assertThat(Files.size(file())).isLessThan(64 << 20);
    }

    @Test
    void writesAllOfABatchOrNothing() throws Exception {
        write("s-1");
        var good = PlaneStoreContract.session("s-2", SessionState.LOST);
        var long64 = PlaneStoreContract.session("s-" + "x".repeat(64), SessionState.LOST);

        Throwable failure = catchThrowable(() -> stores.writing()
                .submit(() -> {
                    stores.sessions().write(Map.of(good.id(), Optional.of(good)));
                    stores.sessions().write(Map.of(long64.id(), Optional.of(long64)));
                })
                .get());

        assertThat(failure).hasCauseInstanceOf(IllegalStateException.class).hasMessageContaining("too long");
        assertThat(stores.sessions().load()).containsOnlyKeys(new SessionId("s-1"));
        write("s-3");
        assertThat(stores.sessions().load()).containsOnlyKeys(new SessionId("s-1"), new SessionId("s-3"));
    }

    @Test
    void saysThatAnotherManagerHasIt() throws IOException {
        database.close();
        try (FileChannel other = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();

            assertThatThrownBy(() -> Database.open(home.resolve("state")))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageStartingWith(
                            "state: " + file() + " is in use by another process (expected: one manager");
        }
    }

    @Test
    void saysThatTheFileIsDamaged() throws Exception {
        write("s-1");
        database.close();
        Files.write(file(), new byte[(int) Files.size(file())], StandardOpenOption.TRUNCATE_EXISTING);

        assertThatThrownBy(() -> Database.open(home.resolve("state")))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("state: " + file() + " cannot be used (")
                .hasMessageContaining("move it away")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void saysThatTheFileIsNone() throws IOException {
        Files.writeString(home.resolve("other.mv.db"), "not a database at all, and quite short");

        assertThatThrownBy(() -> Database.open(home.resolve("other")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("other.mv.db cannot be used (");
    }

    @Test
    void knowsTheVersionsOfItsMigrations() throws Exception {
        Path migrations = Path.of(
                Objects.requireNonNull(Database.class.getResource("/state")).toURI());
        try (Stream<Path> files = Files.list(migrations)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))
                            .sorted())
                    .containsExactlyElementsOf(Database.VERSIONS);
        }
    }

    @Test
    void bringsAFileOfTheFirstVersionUpToDate() throws Exception {
        String url = "jdbc:h2:file:" + home.resolve("old");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:state")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection
                    .createStatement()
                    .execute("INSERT INTO session (id, owner, client, state, created_at)"
                            + " VALUES ('s-7', 'ann', 'laptop', 'LOST', CURRENT_TIMESTAMP)");
        }

        assertThat(idsIn(home.resolve("old"))).containsExactly(new SessionId("s-7"));
    }

    @Test
    void saysThatAnotherVersionWroteIt() throws Exception {
        database.close();
        change(
                "INSERT INTO \"flyway_schema_history\" SELECT 99, '99', 'later', \"type\", 'V99__later.sql', 1, \"installed_by\","
                        + " CURRENT_TIMESTAMP, 1, TRUE FROM \"flyway_schema_history\" WHERE \"version\" = '1'");

        assertThatThrownBy(() -> Database.open(home.resolve("state")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("was written by another version (expected: ");
    }

    @Test
    void saysThatARowMakesNoSense() throws Exception {
        write("s-1");
        database.close();
        change("UPDATE session SET state = 'ASLEEP'");
        database = Database.open(home.resolve("state"));

        assertThatThrownBy(() -> database.stores(writer).sessions().load())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be used (")
                .hasMessageContaining("ASLEEP");
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("state"))) {
            connection.createStatement().execute(sql);
        }
    }

    @Test
    void writesSpecsAsDocumentsThatCanGainFields() {
        var spec = PlaneStoreContract.intercept("i-1", InterceptState.ACTIVE).spec();
        String document =
                "{\"name\":\"checkout\",\"workload\":{\"namespace\":\"shop\",\"kind\":\"Deployment\",\"name\":\"checkout\"},"
                        + "\"session\":{\"value\":\"s-1\"},\"ports\":[{\"capture\":8080,\"target\":\"127.0.0.1:3000\"}],"
                        + "\"onFailure\":{\"onAppRefused\":\"REJECT\",\"onGatewayLoss\":\"HOLD 30s then REJECT\"},"
                        + "\"limits\":{\"maxStreams\":500,\"bytesPerSecond\":10000000000},"
                        + "\"attribution\":{\"owner\":\"ann\",\"reason\":\"because, 'so'\","
                        + "\"labels\":{\"team\":\"shop\"}}}";

        assertThat(Documents.read(Documents.write(spec), InterceptSpec.class)).isEqualTo(spec);
        assertThat(Documents.read(document, InterceptSpec.class)).isEqualTo(spec);
        assertThat(Documents.read(document.replaceFirst("\\{", "{\"later\":1,"), InterceptSpec.class))
                .isEqualTo(spec);
        String older = document.replaceFirst("\"limits\":\\{[^}]*},", "");
        assertThat(Documents.read(older, InterceptSpec.class).limits()).isEqualTo(TrafficLimits.NONE);
    }
}
