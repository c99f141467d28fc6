package io.github.cameldaraja.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every code that the component knows, as one table for documentation and tools. */
public final class Catalogue {

    /** When a code is heard. */
    public enum Kind {
        /** At once, instead of an acknowledgement: the request was not taken, or nobody knows. */
        ERROR,
        /** Later, or by a query: what became of a request that was taken. */
        RESULT
    }

    /**
     * One code of one operation.
     *
     * @param operation as in the URI; null for what any operation may hear
     * @param kind      when it is heard
     * @param http      of an error: the HTTP status, {@code 4xx} for a class, empty for any; empty for a result
     * @param code      verbatim; of an error also {@code policies.*} for a beginning, {@code -} for an answer that is not
     *                  Daraja's, empty for any
     * @param text      of an error: how the text begins, or with a leading {@code ~} what it contains; empty for any
     * @param error     of an error, what the caller may do, which decides the exception; null for a result
     * @param category  whose matter it is
     * @param isFinal   whether nothing can change any more
     * @param retriable of an error, whether the same request makes sense again; of a result, whether a new payment does
     * @param retry     of an error, what comes before a repeat; null for a result
     * @param status    of a result, what it says about the payment; null for an error
     * @param meaning   in our own words
     * @param source    how sure it is
     */
    public record Row(String operation, Kind kind, String http, String code, String text, ErrorKind error,
                      ResultCategory category, boolean isFinal, boolean retriable, Retry retry, PaymentStatus status,
                      String meaning, CodeSource source) {
    }

    private Catalogue() {
    }

    /** The codes of these APIs: results by API, then the errors of any operation and of each, in the order they are tried. */
    public static List<Row> of(Collection<? extends DarajaApi> apis) {
        Set<String> operations = apis.stream().map(DarajaApi::name).collect(Collectors.toSet());
        List<Row> rows = new ArrayList<>();
        for (DarajaApi api : apis) {
            if (api instanceof OutcomeApi outcomes) {
                outcomes.resultCodes().all().forEach(code -> rows.add(result(api.name(), code)));
            }
        }
        for (ErrorCode error : ErrorCodes.all()) {
            if (error.operations().isEmpty()) {
                rows.add(error(null, error));
            }
            for (String operation : new TreeSet<>(error.operations())) {
                if (operations.contains(operation)) {
                    rows.add(error(operation, error));
                }
            }
        }
        return List.copyOf(rows);
    }

    private static Row result(String operation, ResultCode code) {
        return new Row(operation, Kind.RESULT, "", code.code(), "", null, code.category(), code.isFinal(), code.retriable(),
                null, code.status(), code.meaning(), code.source());
    }

    private static Row error(String operation, ErrorCode error) {
        return new Row(operation, Kind.ERROR, error.http(), error.code(), error.text(), error.kind(), error.category(),
                error.isFinal(), error.retriable(), error.retry(), null, error.advice(), error.source());
    }
}
