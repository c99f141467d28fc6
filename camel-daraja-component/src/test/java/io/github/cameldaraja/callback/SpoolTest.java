package io.github.cameldaraja.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.Logs;
import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.DarajaAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is promised about callbacks that wait in files. */
class SpoolTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final String REFERENCE = "0192a5c7e8f90123456789abcdef0123";
    private static final String CREDENTIAL = "SecurityCredentialThatIsLong+/==";

    @TempDir
    Path directory;

    private final ExecutorService disk = Executors.newFixedThreadPool(4);
    private final Account account = account();
    private final List<Spool> spools = new ArrayList<>();

    @AfterEach
    void close() {
        spools.forEach(Spool::close);
        disk.shutdown();
    }

    static Account account() {
        return accounts(shop()).get("default");
    }

    static Accounts accounts(DarajaAccount shared) {
        return new Accounts(new DefaultCamelContext(), shared, Map.of(), null);
    }

    static DarajaAccount shop() {
        DarajaAccount settings = new DarajaAccount();
        settings.setConsumerKey("key");
        settings.setConsumerSecret("secret-of-the-consumer");
        settings.setPasskey("pass-key");
        settings.setInitiatorPassword("2547");
        settings.setSecurityCredential(CREDENTIAL);
        settings.setShortCode("174379");
        return settings;
    }

    private Path base() {
        return directory.resolve("made/when/needed");
    }

    private Spool spool() {
        return spool(Spool.MOST_FILES, Spool.MOST_BYTES);
    }

    private Spool spool(int mostFiles, long mostBytes) {
        Spool spool = new Spool(base(), disk, mostFiles, mostBytes);
        spool.start();
        spools.add(spool);
        return spool;
    }

    private CallbackRequest callback(Instant receivedAt, byte[] body) {
        return new CallbackRequest(account, '1', REFERENCE, "196.201.214.200", true, receivedAt, body);
    }

    private CallbackRequest callback(String body) {
        return callback(NOW, body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> all(Spool spool) {
        return spool.oldest(name -> true, Integer.MAX_VALUE);
    }

    private static List<String> bodies(Spool spool) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (String name : all(spool)) {
            bodies.add(new String(spool.read(name).body(), StandardCharsets.UTF_8));
        }
        return bodies;
    }

    /** All files below the directory but locks. */
    static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCallbackComesBackAsItWasWhateverItsBytes() throws IOException {
        byte[] odd = new byte[64 * 1024];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = (byte) i;
        }
        Spool spool = spool();
        spool.keep(new CallbackRequest(account, '7', REFERENCE, null, false, NOW, odd)).join();

        SpooledCallback read = spool.read(all(spool).get(0));
        CallbackRequest callback = read.request(account);

        assertThat(callback.body()).isEqualTo(odd);
        assertThat(callback.kind()).isEqualTo('7');
        assertThat(callback.reference()).isEqualTo(REFERENCE);
        assertThat(callback.sender()).isNull();
        assertThat(callback.listed()).isFalse();
        assertThat(callback.receivedAt()).isEqualTo(NOW);
        assertThat(read.isSealedBy(account)).isTrue();
        assertThat(spool.size()).isOne();
        assertThat(spool.oldest()).isEqualTo(NOW);
    }

    @Test
    void nothingIsMadeBeforeItIsNeededAndOnlyTheOwnerMayReadIt() throws IOException {
        Spool spool = spool();
        assertThat(directory).isEmptyDirectory();

        spool.keep(callback("{}")).join();

        assertThat(Files.getPosixFilePermissions(base())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        List<Path> files = files(directory);
        assertThat(files).hasSize(1);
        assertThat(Files.getPosixFilePermissions(files.get(0))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(files.get(0).getParent())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void noCredentialIsInAFileAndNothingElseIsChanged() throws IOException {
        Spool spool = spool();
        String told = "{\"Password\":\"do-not-keep\",\"Amount\":2547,\"Phone\":\"254712345678\",\"Echo\":\"%s\"}";
        spool.keep(callback(told.formatted(CREDENTIAL))).join();

        String body = bodies(spool).get(0);

        assertThat(body).isEqualTo("{\"Password\":\"xxxxxx\",\"Amount\":2547,\"Phone\":\"254712345678\",\"Echo\":\"xxxxxx\"}");
        String file = Files.readString(files(directory).get(0));
        assertThat(file).doesNotContain("secret-of-the-consumer", "pass-key").contains("\"version\":1");
        assertThat(spool.read(all(spool).get(0)).isSealedBy(account)).isTrue();
    }

    @Test
    void theOldestIsFirstWheneverItWasWritten() throws IOException {
        Spool spool = spool();
        List.of(3, 1, 5, 2, 4).forEach(second -> spool.keep(callback(NOW.plusSeconds(second),
                Integer.toString(second).getBytes(StandardCharsets.UTF_8))).join());

        assertThat(bodies(spool)).containsExactly("1", "2", "3", "4", "5");
        assertThat(spool.oldest(name -> !name.equals(all(spool).get(0)), 2)).isEqualTo(all(spool).subList(1, 3));
        assertThat(spool.oldest()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void itHoldsSoManyFilesAndNotMore() throws IOException {
        Spool spool = spool(2, Spool.MOST_BYTES);
        spool.keep(callback("1")).join();
        spool.keep(callback("2")).join();

        assertThatThrownBy(() -> spool.keep(callback("3")).join()).rootCause().isInstanceOf(IOException.class)
                .hasMessageContaining("is full: it holds 2 callbacks").hasMessageContaining("bring the database back");
        assertThat(files(directory)).hasSize(2);

        spool.remove(all(spool).get(0));
        spool.keep(callback("4")).join();
        assertThat(bodies(spool)).containsExactly("2", "4");
        assertThat(spool.spooled()).isEqualTo(3);
    }

    @Test
    void itHoldsSoManyBytesAndNotMore() throws IOException {
        Spool spool = spool(100, 3000);
        spool.keep(callback("x".repeat(1000))).join();

        assertThatThrownBy(() -> spool.keep(callback("x".repeat(1000))).join()).rootCause().hasMessageContaining("or 3000 bytes");
        spool.keep(callback("{}")).join();

        for (String name : all(spool)) {
            spool.remove(name);
        }
        spool.keep(callback("x".repeat(1000))).join();
        assertThat(spool.size()).isOne();
    }

    @Test
    void whatCountedBeforeARestartCountsAfterIt() {
        Spool before = spool();
        before.keep(callback("1")).join();
        before.keep(callback("2")).join();
        before.close();

        Spool after = spool(2, Spool.MOST_BYTES);

        assertThat(after.size()).isEqualTo(2);
        assertThatThrownBy(() -> after.keep(callback("3")).join()).rootCause().hasMessageContaining("is full");
    }

    @Test
    void aDeathInTheMiddleLeavesTheWholeFileOrNone() throws IOException {
        Spool before = spool();
        before.keep(callback("whole")).join();
        Path dead = files(directory).get(0).getParent();
        before.close();
        Path left = files(directory).get(0).getParent();
        assertThat(left).isNotEqualTo(dead);
        Files.writeString(left.resolve("1795251600000-000002-01234567.callback.tmp"), "{\"version\":1,\"acc");

        Spool after = spool();

        assertThat(bodies(after)).containsExactly("whole");
        assertThat(files(directory)).hasSize(1).noneMatch(file -> file.toString().endsWith(".tmp"));
        assertThat(left).doesNotExist();
        // and what was emptied leaves no trace
        after.remove(all(after).get(0));
        after.close();
        assertThat(base()).isEmptyDirectory();
    }

    @Test
    void twoOfOneProcessDoNotTouchEachOther() throws IOException {
        Spool one = spool();
        Spool other = spool();
        one.keep(callback("one")).join();
        other.keep(callback("other")).join();

        one.takeOver();
        other.takeOver();
        assertThat(bodies(one)).containsExactly("one");
        assertThat(bodies(other)).containsExactly("other");

        one.close();
        other.takeOver();
        assertThat(bodies(other)).containsExactlyInAnyOrder("one", "other");
        assertThatThrownBy(() -> one.keep(callback("late")).join()).rootCause().hasMessageContaining("is closed");
    }

    @Test
    void whatCannotBeTakenOverIsSaidOnceAndStopsNothingElse() throws IOException {
        Files.createDirectories(base().resolve("left-0").resolve("lock"));
        Spool before = spool();
        before.keep(callback("left")).join();
        before.close();
        try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja")) {
            Spool after = spool();
            after.takeOver();

            assertThat(bodies(after)).containsExactly("left");
            assertThat(logs.lines()).filteredOn(line -> line.contains("left-0")).hasSize(1).first().asString()
                    .contains("cannot be taken over; let this process read and write it");
        }
    }

    @Test
    void nothingThatWasKeptIsLostWhenTheProcessIsKilled() throws Exception {
        Path said = directory.resolve("said");
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Writer.class.getName(), base().toString())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        Spool spool = spool();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> answered(said).size() >= 50);
            spool.takeOver();
            assertThat(spool.size()).as("its owner lives").isZero();
        } finally {
            // SIGKILL, in the middle of four writes
            other.destroyForcibly().waitFor();
        }
        List<String> answered = answered(said);

        spool.takeOver();

        Set<String> found = new HashSet<>(bodies(spool));
        System.out.println("spool: " + answered.size() + " kept and said so before SIGKILL, " + found.size() + " found");
        assertThat(found).containsAll(answered);
        assertThat(files(base())).hasSize(found.size());
    }

    // whole lines
    private static List<String> answered(Path said) throws IOException {
        String text = Files.readString(said);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().filter(line -> line.startsWith("kept ")).toList();
    }

    /** Keeps callbacks without end and says what is kept. */
    static final class Writer {

        public static void main(String[] arguments) throws InterruptedException {
            ExecutorService disk = Executors.newFixedThreadPool(4);
            Spool spool = new Spool(Path.of(arguments[0]), disk, Spool.MOST_FILES, Spool.MOST_BYTES);
            spool.start();
            Account account = account();
            for (int i = 0; i < 20_000; i++) {
                String body = "kept " + i;
                CompletableFuture<Void> kept = spool.keep(new CallbackRequest(account, '1', REFERENCE, null, true, Instant.now(),
                        body.getBytes(StandardCharsets.UTF_8)));
                kept.thenRun(() -> System.out.println(body));
                if (i % 8 == 7) {
                    kept.join();
                }
            }
        }
    }

    @Test
    void whoeverRemovesTheDirectoryDoesNotEndTheSpool() throws IOException {
        Spool spool = spool();
        spool.keep(callback("gone")).join();
        try (Stream<Path> all = Files.walk(base())) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }

        spool.keep(callback("kept")).join();

        assertThat(files(directory)).hasSize(1);
        spool.close();
        assertThat(bodies(spool())).containsExactly("kept");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidAtTheStartAndFailsAfterwards() throws IOException {
        Files.writeString(directory.resolve("made"), "a file");
        try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja")) {
            Spool spool = spool();

            assertThat(logs.lines()).hasSize(1).first().asString().contains(base().toString(),
                    "while the database is down callbacks will be answered 503", "camel.component.daraja.spoolDirectory");
            assertThatThrownBy(() -> spool.keep(callback("1")).join()).hasRootCauseInstanceOf(IOException.class);
            assertThat(spool.size()).isZero();
            assertThat(spool.spooled()).isZero();
        }
    }

    @Test
    void noDirectoryIsNoSpool() {
        assertThatThrownBy(() -> new Spool(" ", disk)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spoolDirectory must be a directory").hasMessageContaining("leave it out");
    }

    @Test
    void theSealIsOfThisAccountsSecretsAndOfThisText() {
        SpooledCallback sealed = SpooledCallback.of(callback("{\"a\":1}"));
        String text = new String(sealed.write(), StandardCharsets.UTF_8);
        assertThat(SpooledCallback.read(text.getBytes(StandardCharsets.UTF_8)).isSealedBy(account)).isTrue();

        for (String[] change : new String[][] { { REFERENCE, REFERENCE.replace('0', '1') }, { "\"listed\":true", "\"listed\":false" },
                { "\"kind\":\"1\"", "\"kind\":\"4\"" }, { "eyJhIjoxfQ==", "eyJhIjoyfQ==" }, { "196.201.214.200", "196.201.214.201" },
                { "\"account\":\"default\"", "\"account\":\"other\"" }, { "\"seal\"", "\"none\"" }, { "2026", "2027" } }) {
            String changed = text.replace(change[0], change[1]);
            assertThat(changed).isNotEqualTo(text);
            assertThat(SpooledCallback.read(changed.getBytes(StandardCharsets.UTF_8)).isSealedBy(account)).as(change[1]).isFalse();
        }

        DarajaAccount moved = shop();
        moved.setCallbackSecret("another secret of callbacks, which is long");
        assertThat(sealed.isSealedBy(accounts(moved).get("default"))).isFalse();
        moved.setPreviousCallbackSecret("secret-of-the-consumer\npass-key");
        assertThat(sealed.isSealedBy(accounts(moved).get("default"))).isTrue();
    }

    @Test
    void anAccountWithoutSecretsHasNoSeal() {
        Account bare = accounts(new DarajaAccount()).get("default");
        CallbackRequest callback = new CallbackRequest(bare, '4', REFERENCE, null, true, NOW, new byte[0]);

        assertThat(SpooledCallback.of(callback).isSealedBy(bare)).isTrue();
        assertThat(SpooledCallback.of(callback).isSealedBy(account)).isFalse();
        assertThat(SpooledCallback.of(callback("{}")).isSealedBy(bare)).isFalse();
    }

    @Test
    void manyAtOnceAreAllKept() throws IOException {
        Spool spool = spool();
        CompletableFuture<?>[] kept = IntStream.range(0, 500).mapToObj(i -> spool.keep(callback("kept " + i)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(kept).join();

        assertThat(new HashSet<>(bodies(spool))).hasSize(500);
        assertThat(files(directory)).hasSize(500);
    }
}
