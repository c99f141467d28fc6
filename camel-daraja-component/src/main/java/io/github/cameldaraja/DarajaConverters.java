package io.github.cameldaraja;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.ReconcileSummary;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.spi.TypeConverterRegistry;

/** Outcomes, acknowledgements and answers as maps and as JSON; and whatever else of ours is a record, requests and replies too. */
@Converter(generateLoader = true)
public final class DarajaConverters {

    private DarajaConverters() {
    }

    @Converter
    public static Map<?, ?> toMap(Outcome outcome) {
        return Json.toMap(outcome);
    }

    @Converter
    public static Map<?, ?> toMap(Acknowledgement acknowledgement) {
        return Json.toMap(acknowledgement);
    }

    @Converter
    public static Map<?, ?> toMap(DarajaAnswer answer) {
        return Json.toMap(answer);
    }

    @Converter
    public static Map<?, ?> toMap(Alert alert) {
        return Json.toMap(alert);
    }

    @Converter
    public static String toJson(Alert alert) {
        return new String(Json.write(alert), StandardCharsets.UTF_8);
    }

    @Converter
    public static byte[] toBytes(Alert alert) {
        return Json.write(alert);
    }

    @Converter
    public static InputStream toStream(Alert alert) {
        return new ByteArrayInputStream(Json.write(alert));
    }

    @Converter
    public static Map<?, ?> toMap(ReconcileSummary summary) {
        return Json.toMap(summary);
    }

    @Converter
    public static String toJson(ReconcileSummary summary) {
        return new String(Json.write(summary), StandardCharsets.UTF_8);
    }

    @Converter
    public static byte[] toBytes(ReconcileSummary summary) {
        return Json.write(summary);
    }

    @Converter
    public static InputStream toStream(ReconcileSummary summary) {
        return new ByteArrayInputStream(Json.write(summary));
    }

    @Converter
    public static String toJson(DarajaAnswer answer) {
        return new String(Json.write(answer), StandardCharsets.UTF_8);
    }

    @Converter
    public static byte[] toBytes(DarajaAnswer answer) {
        return Json.write(answer);
    }

    @Converter
    public static InputStream toStream(DarajaAnswer answer) {
        return new ByteArrayInputStream(Json.write(answer));
    }

    @Converter
    public static String toJson(Outcome outcome) {
        return new String(Json.write(outcome), StandardCharsets.UTF_8);
    }

    @Converter
    public static String toJson(Acknowledgement acknowledgement) {
        return new String(Json.write(acknowledgement), StandardCharsets.UTF_8);
    }

    @Converter
    public static byte[] toBytes(Outcome outcome) {
        return Json.write(outcome);
    }

    @Converter
    public static byte[] toBytes(Acknowledgement acknowledgement) {
        return Json.write(acknowledgement);
    }

    @Converter
    public static InputStream toStream(Outcome outcome) {
        return new ByteArrayInputStream(Json.write(outcome));
    }

    @Converter
    public static InputStream toStream(Acknowledgement acknowledgement) {
        return new ByteArrayInputStream(Json.write(acknowledgement));
    }

    /** Any other record of ours, a request on its way through a queue for instance; Camel would take its {@code toString} for text. */
    @Converter(fallback = true)
    public static Object toAny(Class<?> type, Exchange exchange, Object value, TypeConverterRegistry registry) {
        if (!(value instanceof Record) || value.getClass().getPackage() != Outcome.class.getPackage()) {
            return null;
        }
        if (type == Map.class) {
            return Json.toMap(value);
        }
        byte[] json = type == String.class || type == byte[].class || type == InputStream.class ? Json.write(value) : null;
        if (json == null) {
            return null;
        }
        return type == byte[].class ? json : type == String.class ? new String(json, StandardCharsets.UTF_8) : new ByteArrayInputStream(json);
    }
}
