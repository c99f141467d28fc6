-- The payments of a day, as M-Pesa has booked them.

-- findBooked
create index if not exists daraja_payment_booked on daraja_payment (short_code, transaction_date, created_at, reference);
