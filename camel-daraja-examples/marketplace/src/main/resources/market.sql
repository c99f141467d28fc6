-- What a buyer buys from a seller. The state moves by outcomes and by people's decisions, never by acknowledgements.
create table if not exists orders (
  id     varchar(12)    primary key,
  buyer  varchar(12)    not null,
  seller varchar(12)    not null,
  amount decimal(14, 2) not null check (amount > 0),
  payout decimal(14, 2) not null check (payout > 0 and payout <= amount),
  state  varchar(20)    not null,
  number bigint         generated always as identity
);

-- A movement of money that an order needs. The primary key names it for ever: it is the idempotency key.
create table if not exists leg (
  payment   varchar(40)    primary key,
  order_id  varchar(12)    not null references orders,
  kind      varchar(10)    not null,
  attempt   int            not null,
  amount    decimal(14, 2) not null check (amount > 0),
  status    varchar(12)    not null,
  due_at    timestamp with time zone not null,
  reference varchar(64)    unique,
  receipt   varchar(20)    unique,
  code      varchar(40),
  reason    varchar(1000),
  number    bigint         generated always as identity,
  unique (order_id, kind, attempt)
);
create index if not exists leg_status on leg (status, due_at);

-- Money that came for no order. It waits for a person to find out whose it is.
create table if not exists stray (
  reference varchar(64)    primary key,
  receipt   varchar(20)    unique,
  amount    decimal(14, 2) not null,
  typed     varchar(100)
);
