package io.github.cameldaraja.transaction.jdbc;

/** One transaction's turn to change the database, from before its connection is taken until after it was committed or rolled back. */
public interface DatabaseTurn extends AutoCloseable {

    /** Where transactions need no turns. */
    DatabaseTurn FREE = new DatabaseTurn() {

        @Override
        public void end() {
            // whenever it likes
        }

        @Override
        public void close() {
            // nobody waits
        }
    };

    /**
     * Waits until nobody else changes anything. Called with a connection in hand, before the payments' own tables are changed, and
     * before commit or rollback.
     */
    void end();

    /** Lets the next one in; by the thread that took it, at once after commit or rollback. More than once is as good. */
    @Override
    void close();
}
