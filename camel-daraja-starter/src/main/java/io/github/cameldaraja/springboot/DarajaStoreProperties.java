package io.github.cameldaraja.springboot;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where payments are kept. */
@ConfigurationProperties(prefix = DarajaStoreProperties.PREFIX, ignoreUnknownFields = false)
public class DarajaStoreProperties {

    static final String PREFIX = "camel.daraja.store";

    /** The two places. */
    public enum Kind {
        /** A DataSource of the application. */
        DATABASE,
        /** The process, with which they are gone. */
        MEMORY
    }

    /**
     * Where payments are kept: in a database, or in memory, where they are gone with the process. Unset: in the application's
     * DataSource if it has one, otherwise in memory.
     */
    private Kind kind;
    /**
     * What phone numbers, names and whatever else tells of people is encrypted with in the database: at least 32 characters that
     * nobody can guess, the same on all nodes. It must not be lost.
     */
    private String secret;
    /** The secret before, while it is changed. */
    private String previousSecret;
    /** The bean name of the DataSource. Unset: the only one, or the primary one. */
    private String dataSource;
    /** How many connections work on payments at the same time at most, besides two for signs of life and the like. */
    private int threads = 8;

    public Kind getKind() {
        return kind;
    }

    public void setKind(Kind kind) {
        this.kind = kind;
    }

    public String getSecret() {
        return secret;
    }

    public void setSecret(String secret) {
        this.secret = secret;
    }

    public String getPreviousSecret() {
        return previousSecret;
    }

    public void setPreviousSecret(String previousSecret) {
        this.previousSecret = previousSecret;
    }

    public String getDataSource() {
        return dataSource;
    }

    public void setDataSource(String dataSource) {
        this.dataSource = dataSource;
    }

    public int getThreads() {
        return threads;
    }

    public void setThreads(int threads) {
        this.threads = threads;
    }
}
