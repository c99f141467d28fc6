package io.github.cameldaraja.examples.subscription;

/** The accounts that we know. A payment for another one pays nobody's plan until its code is typed. */
public final class Subscribers {

    private final Database database;

    public Subscribers(Database database) {
        this.database = database;
    }

    public void remember(String account) {
        database.insert("INSERT INTO subscriber (account) VALUES (?)", account);
    }

    public boolean knows(String account) {
        return !database.read("SELECT account FROM subscriber WHERE account = ?", row -> row.getString(1), account).isEmpty();
    }
}
