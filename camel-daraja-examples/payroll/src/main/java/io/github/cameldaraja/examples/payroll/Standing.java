package io.github.cameldaraja.examples.payroll;

import java.time.OffsetDateTime;

/**
 * Where one line stands: a row of the report.
 *
 * @param amount      shillings asked for, and paid if it is paid
 * @param receipt     M-Pesa's, or null
 * @param code        the last one that M-Pesa has said, or null
 * @param description for people, or null
 * @param when        M-Pesa paid it, or else when this was learnt; null if nothing has happened
 */
public record Standing(int number, String id, LineStatus status, String receipt, long amount, String code, String description,
                       OffsetDateTime when) {
}
