package io.github.cameldaraja.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one published sample, and our own samples of the same shape, must come to. Written by hand from the reference and from
 * the samples, never from what the code makes of them.
 *
 * <p>{@link #told} says for each component of the record that comes out where its value stands in the message, in the language of
 * {@link Message}; a component that is not named must be empty.
 */
final class ConformanceRow {

    /** What kind of message it is, and how the figures call what is done with it. */
    enum Kind {
        REQUEST("requests equal"), ANSWER("answers read"), MESSAGE("callbacks read"), ERROR("errors classified"),
        REPLY("replies equal");

        private final String figure;

        Kind(String figure) {
            this.figure = figure;
        }

        String figure() {
            return figure;
        }
    }

    /**
     * How a published request differs from what we send, on purpose.
     *
     * @param place   path of names
     * @param ours    what stands there instead; null: nothing; {@code *}: an id of ours, new each time
     * @param refused whether the sample's own value is one that callers may not give
     * @param reason  why
     */
    record Difference(String place, String ours, boolean refused, String reason) {
    }

    /**
     * An error's place in section 7.2 of the reference.
     *
     * @param operation null for the token call
     * @param refusal   whether it is an answer with HTTP 200 that refuses
     */
    record Judgement(String operation, int http, ErrorKind kind, ResultCategory category, Retry retry, boolean refusal) {
    }

    final Kind kind;
    /** Names of published files without their ending; most rows have one. */
    final String published;
    final DarajaApi api;
    final List<String> own;
    final Map<String, String> told = new LinkedHashMap<>();
    final Map<String, String> said = new LinkedHashMap<>();
    final Map<String, String> given = new LinkedHashMap<>();
    final List<Difference> differences = new ArrayList<>();
    final List<String[]> balances = new ArrayList<>();
    String path;
    Object answer;
    Judgement judgement;

    private ConformanceRow(Kind kind, String published, DarajaApi api, String... own) {
        this.kind = kind;
        this.published = published;
        this.api = api;
        this.own = List.of(own);
    }

    static ConformanceRow request(String published, String path, RequestApi api, String... own) {
        ConformanceRow row = new ConformanceRow(Kind.REQUEST, published, api, own);
        row.path = path;
        return row;
    }

    static ConformanceRow answer(String published, RequestApi api, String... own) {
        return new ConformanceRow(Kind.ANSWER, published, api, own);
    }

    static ConformanceRow message(String published, DarajaApi api, String... own) {
        return new ConformanceRow(Kind.MESSAGE, published, api, own);
    }

    static ConformanceRow error(String published, DarajaApi api, Judgement judgement, String... own) {
        ConformanceRow row = new ConformanceRow(Kind.ERROR, published, api, own);
        row.judgement = judgement;
        return row;
    }

    /** @param answer what a route answers; null for a notice, which has one reply only */
    static ConformanceRow reply(String published, DarajaApi api, Object answer, String... own) {
        ConformanceRow row = new ConformanceRow(Kind.REPLY, published, api, own);
        row.answer = answer;
        return row;
    }

    /** Pairs of component and place, or of component and {@code =text}. */
    ConformanceRow tells(String... pairs) {
        put(told, pairs);
        return this;
    }

    /** What the caller says besides the sample: pairs of field and value. */
    ConformanceRow saying(String... pairs) {
        put(said, pairs);
        return this;
    }

    /** What the caller says where it is not the sample without what we own: pairs of field and place. */
    ConformanceRow giving(String... pairs) {
        put(given, pairs);
        return this;
    }

    /** The published value may not be given: another one is given, and comes out. */
    ConformanceRow refused(String place, String ours, String reason) {
        differences.add(new Difference(place, ours, true, reason));
        return this;
    }

    /** The published value is not what we send. */
    ConformanceRow differs(String place, String ours, String reason) {
        differences.add(new Difference(place, ours, false, reason));
        return this;
    }

    /** Account lines at a place, see {@link Message#lines}. */
    ConformanceRow lines(String place) {
        balances.add(new String[] { "lines", place });
        return this;
    }

    /** {@code {Amount={…}}} at a place, under the pair's name. */
    ConformanceRow amounts(String list, String name) {
        balances.add(new String[] { "amount", list + "[" + name + "]", name });
        return this;
    }

    /** A bare number at a place, of that account. */
    ConformanceRow funds(String place, String account) {
        balances.add(new String[] { "funds", place, account });
        return this;
    }

    private static void put(Map<String, String> map, String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
    }

    @Override
    public String toString() {
        return published == null ? Arrays.toString(own.toArray()) : published;
    }
}
