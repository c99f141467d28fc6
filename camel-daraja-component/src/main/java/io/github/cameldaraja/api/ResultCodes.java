package io.github.cameldaraja.api;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The result codes of one API. The same number can mean different things in two APIs, so each API has its own table. */
public final class ResultCodes {

    private static final Pattern ZERO = Pattern.compile("0+([.]0+)?");

    private final Map<String, ResultCode> codes;

    private ResultCodes(Map<String, ResultCode> codes) {
        this.codes = Collections.unmodifiableMap(codes);
    }

    public static ResultCodes of(ResultCode... codes) {
        Map<String, ResultCode> map = new LinkedHashMap<>();
        for (ResultCode code : codes) {
            if (map.put(code.code(), code) != null) {
                throw new IllegalArgumentException("result code " + code.code() + " is listed twice");
            }
        }
        return new ResultCodes(map);
    }

    /** A table with more rows, or other meanings for the same codes. */
    public ResultCodes with(ResultCode... codes) {
        Map<String, ResultCode> map = new LinkedHashMap<>(this.codes);
        map.putAll(of(codes).codes);
        return new ResultCodes(map);
    }

    public Collection<ResultCode> all() {
        return codes.values();
    }

    /** The row of a code from a callback; an unlisted code is a final failure, passed through, of which nothing else is known. */
    public ResultCode ofCallback(String code) {
        ResultCode known = codes.get(folded(code));
        return known != null ? known
                : new ResultCode(code, PaymentStatus.FAILED, ResultCategory.UNKNOWN, false, "not in the table of codes",
                        CodeSource.NONE);
    }

    /** The row of a code from a query; an unlisted code is pending, because the callback decides. */
    public ResultCode ofQuery(String code) {
        ResultCode known = codes.get(folded(code));
        return known != null ? known
                : new ResultCode(code, PaymentStatus.PENDING, ResultCategory.UNKNOWN, false, "not in the table of codes",
                        CodeSource.NONE);
    }

    /** Whether it is the code of success, which is the same in all tables. */
    boolean isSuccess(String code) {
        return code != null && "0".equals(folded(code));
    }

    // as tables write it: a zero can come as a number with decimals
    private static String folded(String code) {
        String trimmed = code.trim();
        return ZERO.matcher(trimmed).matches() ? "0" : trimmed;
    }
}
