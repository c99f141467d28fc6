package io.github.cameldaraja.springboot;

import java.util.UUID;

/** A database of a test's own. */
final class TestStore {

    static final String SECRET = "ThisSecretIsPublicAndProtectsNobody0001";

    private TestStore() {
    }

    static String url() {
        return "jdbc:h2:file:./target/store/" + UUID.randomUUID() + ";DB_CLOSE_ON_EXIT=FALSE";
    }
}
