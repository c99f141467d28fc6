-- Payments that are not over, for whoever looks at all of them.

create index if not exists daraja_payment_open on daraja_payment (application, ended, reference);
