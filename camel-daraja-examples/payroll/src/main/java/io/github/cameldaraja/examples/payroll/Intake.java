package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes files in: first line by line into a table of its own, then all of it at once. What was paid, or may have been, stays what
 * it is, however often its file is put in and whatever that says then.
 */
public class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int AT_ONCE = 500;
    private static final int LONGEST_TEXT = 1000;

    private static final String READ = "insert into payroll_read (run, line_number, payment, id, name, phone, amount, reason, problem)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String PROBLEM = "insert into payroll_problem (run, line_number, text, lasting) ";
    private static final String REFUSE = "delete from payroll_read r where r.run = ? and r.payment is not null and ";

    private static final String TWICE = "exists (select 1 from payroll_read f where f.run = r.run and f.payment = r.payment"
            + " and f.line_number < r.line_number)";
    private static final String ELSEWHERE = "exists (select 1 from payroll_line l where l.payment = r.payment and l.run <> r.run)";
    // of what is under way or paid nothing can be changed
    private static final String TOO_LATE = "exists (select 1 from payroll_line l where l.payment = r.payment and l.run = r.run"
            + " and l.status in ('SENDING', 'PENDING', 'UNKNOWN', 'PAID') and (l.phone <> r.phone or l.amount <> r.amount))";

    // a known payment keeps its attempt unless M-Pesa has said that it was not paid, so a file put in again never pays twice
    private static final String MERGE = """
            merge into payroll_line l using (select * from payroll_read where run = ? and payment is not null) r
              on l.payment = r.payment
            when matched and l.status in ('UNSENT', 'WITHDRAWN') then update set l.line_number = r.line_number, l.name = r.name,
              l.phone = r.phone, l.amount = r.amount, l.reason = r.reason, l.status = 'UNSENT'
            when matched and l.status = 'FAILED' and (l.again or l.phone <> r.phone or l.amount <> r.amount) then update set
              l.line_number = r.line_number, l.name = r.name, l.phone = r.phone, l.amount = r.amount, l.reason = r.reason,
              l.status = 'UNSENT', l.attempt = l.attempt + 1
            when matched and l.line_number <> r.line_number then update set l.line_number = r.line_number
            when not matched then insert (payment, attempt, run, line_number, id, name, phone, amount, reason, status, again)
              values (r.payment, 1, r.run, r.line_number, r.id, r.name, r.phone, r.amount, r.reason, 'UNSENT', false)
            """;
    private static final String WITHDRAW = "update payroll_line l set l.status = 'WITHDRAWN' where l.run = ?"
            + " and l.status = 'UNSENT' and not exists (select 1 from payroll_read r where r.run = l.run and r.payment = l.payment)";

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final Runs runs;
    private final Traces traces;

    Intake(JdbcTemplate sql, TransactionTemplate transaction, Runs runs, Traces traces) {
        this.sql = sql;
        this.transaction = transaction;
        this.runs = runs;
        this.traces = traces;
    }

    /**
     * Takes in a file, or takes it up again. Lines that cannot be paid are noted; the others wait for the balance.
     *
     * @throws InvalidPayrollException if nothing of it is paid
     */
    public void accept(@Header(Exchange.FILE_NAME_ONLY) String fileName, InputStream content)
            throws InvalidPayrollException, IOException {
        PayrollFile file = PayrollFile.named(fileName);
        if (traces.has(file.run()) && !runs.knows(file.run())) {
            throw new InvalidPayrollException(Problem.ofFile("it was begun before, but the table that knows who was paid is lost;"
                    + " look at the M-Pesa portal who was paid, and put the others into a file of another name"));
        }
        clear(file.run());
        try (content) {
            read(file, content);
            transaction.executeWithoutResult(status -> merge(file.run()));
        } finally {
            clear(file.run());
        }
        traces.leave(file.run());
        LOG.info("{} is taken in: {}", file.run(), runs.progress(file.run()));
    }

    private void read(PayrollFile file, InputStream content) throws InvalidPayrollException {
        List<Object[]> rows = new ArrayList<>();
        file.read(content, line -> {
            if (line.line() != null) {
                Line good = line.line();
                rows.add(new Object[] { file.run(), good.number(), good.payment(), good.id(), good.name(), good.phone(),
                    good.amount(), good.reason(), null });
            }
            line.problems().forEach(problem -> rows.add(new Object[] { file.run(), problem.line(), null, null, null, null, null,
                null, cut(problem.text()) }));
            if (rows.size() >= AT_ONCE) {
                write(rows);
            }
        });
        write(rows);
    }

    // in one transaction: as slow as one row
    private void write(List<Object[]> rows) {
        transaction.executeWithoutResult(status -> sql.batchUpdate(READ, rows));
        rows.clear();
    }

    private void merge(String run) {
        runs.open(run);
        sql.update("delete from payroll_problem where run = ? and not lasting", run);
        sql.update(PROBLEM + "select run, line_number, problem, false from payroll_read where run = ? and problem is not null", run);
        refuse(run, TWICE, "select r.run, r.line_number, 'id: is that of line ' || (select min(f.line_number) from payroll_read f"
                + " where f.run = r.run and f.payment = r.payment) || ', too; one id is paid once a month, so take out one of the"
                + " two', false from payroll_read r");
        refuse(run, ELSEWHERE, "select r.run, r.line_number, 'id: is paid by ' || (select l.run from payroll_line l"
                + " where l.payment = r.payment) || '.csv; one id is paid once a month, so choose another if it is to be paid once"
                + " more', false from payroll_read r");
        sql.update(PROBLEM + "select r.run, r.line_number, 'phone or amount: is not what was sent to M-Pesa before, which is '"
                + " || l.status || '; correct it after it has failed, or write what is missing as a line with another id', false"
                + " from payroll_read r join payroll_line l on l.payment = r.payment where r.run = ? and " + TOO_LATE, run);
        sql.update(MERGE, run);
        sql.update(WITHDRAW, run);
    }

    private void refuse(String run, String condition, String why) {
        sql.update(PROBLEM + why + " where r.run = ? and r.payment is not null and " + condition, run);
        sql.update(REFUSE + condition, run);
    }

    private void clear(String run) {
        sql.update("delete from payroll_read where run = ?", run);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
