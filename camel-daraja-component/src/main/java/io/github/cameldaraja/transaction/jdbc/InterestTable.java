package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Interest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What the consumers of an application take, whether they run or not. */
final class InterestTable {

    private static final Comparator<Interest> ORDER = Comparator.comparing(Interest::group).thenComparing(Interest::operation)
            .thenComparing(InterestTable::account);

    void remember(Session session, String application, Collection<Interest> interests, Instant now) throws SQLException {
        // two nodes that remember the same must not wait for each other
        List<Interest> sorted = interests.stream().sorted(ORDER).toList();
        for (Interest interest : sorted) {
            if (session.update("update daraja_interest set seen_at = ? where application = ? and group_name = ? and operation = ?"
                    + " and account = ?", now, application, interest.group(), interest.operation(), account(interest)) == 0) {
                session.insertIfAbsent("insert into daraja_interest (application, group_name, operation, account, seen_at)"
                        + " values (?, ?, ?, ?, ?)", application, interest.group(), interest.operation(), account(interest), now);
            }
        }
    }

    Set<Interest> since(Session session, String application, Instant since) throws SQLException {
        return Set.copyOf(session.all(row -> {
            String account = row.getString("account");
            return new Interest(row.getString("group_name"), row.getString("operation"), account.isEmpty() ? null : account);
        }, "select * from daraja_interest where application = ? and seen_at >= ?", application, since));
    }

    void forget(Session session, String application, String group) throws SQLException {
        session.update("delete from daraja_interest where application = ? and group_name = ?", application, group);
    }

    private static String account(Interest interest) {
        return interest.account() == null ? "" : interest.account();
    }
}
