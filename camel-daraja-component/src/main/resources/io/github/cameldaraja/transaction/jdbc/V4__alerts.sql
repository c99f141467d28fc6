-- Alerts that were raised: each matter once.

create table if not exists daraja_alert (
  id        varchar(64) not null primary key,
  raised_at ${time} not null
) ${table};
