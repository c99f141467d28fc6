package io.github.cameldaraja.examples.checkout;

import io.github.cameldaraja.examples.checkout.Database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;

/** The orders in the database. */
final class OrderTable {

    private static final String SELECT = "select id, status, item, amount, phone, reason, receipt, try_again from shop_order";

    /** The order, or null. */
    Order find(Sql sql, String id) throws SQLException {
        return one(sql.list(OrderTable::read, SELECT + " where id = ?", id));
    }

    /** All of them, the oldest first. */
    List<Order> all(Sql sql) throws SQLException {
        return sql.list(OrderTable::read, SELECT + " order by number");
    }

    void insert(Sql sql, Order order) throws SQLException {
        sql.update("insert into shop_order (id, status, item, amount, phone, reason, receipt, try_again) values (?, ?, ?, ?, ?, ?,"
                + " ?, ?)", order.id(), order.status().name(), order.item(), order.amount(), order.phone(), order.reason(),
                order.receipt(), order.tryAgain());
    }

    /** The order after the change, or null; whoever else wants to change it waits. */
    Order change(Sql sql, String id, UnaryOperator<Order> change) throws SQLException {
        Order before = one(sql.list(OrderTable::read, SELECT + " where id = ? for update", id));
        if (before == null) {
            return null;
        }
        Order after = change.apply(before);
        sql.update("update shop_order set status = ?, reason = ?, receipt = ?, try_again = ? where id = ?", after.status().name(),
                after.reason(), after.receipt(), after.tryAgain(), id);
        return after;
    }

    private static Order read(ResultSet row) throws SQLException {
        return new Order(row.getString("id"), OrderStatus.valueOf(row.getString("status")), row.getString("item"),
                row.getString("amount"), row.getString("phone"), row.getString("reason"), row.getString("receipt"),
                row.getObject("try_again", Boolean.class));
    }

    private static Order one(List<Order> orders) {
        return orders.isEmpty() ? null : orders.get(0);
    }
}
