-- What clients are to be told, in the order in which it became known.
create table if not exists webhook (
  id         bigint                   generated always as identity primary key,
  event      varchar(36)              not null unique,
  payment    varchar(64)              not null,
  client     varchar(32)              not null,
  body       varchar(8000)            not null,
  state      varchar(10)              not null check (state in ('WAITING', 'DELIVERED', 'PARKED')),
  attempts   int                      not null,
  -- when it is sent; while it is being sent, when it is taken for lost
  due_at     timestamp with time zone not null,
  -- why it was not taken the last time
  answer     varchar(200)
);
create index if not exists webhook_due on webhook (state, due_at);
create index if not exists webhook_payment on webhook (payment, id);
