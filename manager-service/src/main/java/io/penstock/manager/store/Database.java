package io.penstock.manager.store;

import io.penstock.manager.plane.PlaneStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.flywaydb.core.Flyway;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The state file, over one connection. A commit hands its bytes to the operating system before it returns ({@code WRITE_DELAY=0}),
 * so what was committed outlives the process however it ends; it is not waited for that the disk has them, so a power cut may
 * take the last seconds, and leaves the file as it was before them. A write that fails closes the file, and the next one opens it.
 *
 * <p><em>Thread-safe</em>.
 */
public final class Database implements AutoCloseable {
    /** What H2 appends to the name. */
    private static final String SUFFIX = ".mv.db";

    private static final String HISTORY = "flyway_schema_history";

    /** The versions of the files in {@code state}. */
    static final List<String> VERSIONS = List.of("1", "2");

    private static final String MIGRATIONS = "classpath:state";
    // A small cache, in KiB: all of it is in memory anyway, and read from here at the start only.
    private static final String SETTINGS =
            ";WRITE_DELAY=0;CACHE_SIZE=1024;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    private final Path file;
    private final SingleConnectionDataSource connection;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    // Guarded by this: a closed connection would be opened again.
    private boolean closed;

    private Database(Path file, String url) {
        this.file = file;
        this.connection = new SingleConnectionDataSource(url, true);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(connection));
        this.jdbc = JdbcClient.create(connection);
    }

    /**
     * Opens the file, making it when it is missing, and brings its tables up to date; refuses one that cannot be used.
     *
     * @param name the file without its suffix
     */
    public static Database open(Path name) {
        Path file = name.resolveSibling(name.getFileName() + SUFFIX);
        String url = "jdbc:h2:file:" + name.toAbsolutePath().toString().replace(";", "\\;") + SETTINGS;
        var database = new Database(file, url);
        try {
            database.connection.initConnection();
            if (!database.isUpToDate()) {
                migrate(url);
            }
            return database;
        } catch (Exception failed) {
            database.close();
            throw Unusable.refusal(file, failed);
        }
    }

    /** Flyway takes longer to load than all else here takes: what it would find to do is asked first. */
    private boolean isUpToDate() {
        boolean known = jdbc.sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = ?")
                        .param(HISTORY)
                        .query(Integer.class)
                        .single()
                > 0;
        return known
                && jdbc.sql("SELECT \"version\" FROM \"" + HISTORY + "\" WHERE \"success\" ORDER BY"
                                + " \"installed_rank\"")
                        .query(String.class)
                        .list()
                        .equals(VERSIONS);
    }

    private static void migrate(String url) {
        Flyway.configure()
                .dataSource(url, "", "")
                .locations(MIGRATIONS)
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
    }

    /** The stores of a control plane; what they hold is read at once, and refused when it makes no sense. */
    public PlaneStore stores(ExecutorService writer) {
        return new PlaneStore(
                new Table<>(file, jdbc, new SessionRows()),
                new Table<>(file, jdbc, new AgentRows()),
                new Table<>(file, jdbc, new InterceptRows()),
                new Table<>(file, jdbc, new LinkRows()),
                work -> writer.submit(() -> together(work)));
    }

    private synchronized void together(Runnable work) {
        if (closed) {
            throw new IllegalStateException("the manager stops");
        }
        try {
            transactions.executeWithoutResult(status -> work.run());
        } catch (DataAccessException | TransactionException failed) {
            connection.resetConnection();
            Throwable root = NestedExceptionUtils.getMostSpecificCause(failed);
            throw new IllegalStateException(Unusable.firstLine(root), failed);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        connection.close();
    }
}
