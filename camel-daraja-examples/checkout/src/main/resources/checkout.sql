create table if not exists shop_order (
  id        varchar(12) primary key,
  status    varchar(10) not null,
  item      varchar,
  amount    varchar,
  phone     varchar,
  reason    varchar,
  receipt   varchar(20),
  try_again boolean,
  number    bigint      generated always as identity
);

-- The money that has come in, once for each payment: the reference is the component's own number for it.
create table if not exists credit (
  reference varchar(64)    primary key,
  order_id  varchar(200),
  amount    decimal(14, 2) not null check (amount > 0)
);
