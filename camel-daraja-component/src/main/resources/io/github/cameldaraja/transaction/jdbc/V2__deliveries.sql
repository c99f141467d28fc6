-- Outcomes on their way to routes, and who is there to take them.

alter table daraja_payment add column if not exists application varchar(100) default 'default' not null;
alter table daraja_payment add column if not exists attempt integer default 1 not null;
alter table daraja_payment add column if not exists waiter varchar(64);
alter table daraja_payment add column if not exists told integer default 0 not null;

create table if not exists daraja_delivery (
  reference   varchar(64) not null,
  number      integer not null,
  -- empty as long as it is not shared out
  group_name  varchar(100) not null,
  application varchar(100) not null,
  operation   varchar(100) not null,
  account     varchar(255) not null,
  -- encrypted; nothing once it was delivered
  outcome     ${bytes},
  key_id      varchar(16),
  attempt     integer not null,
  state       varchar(10) not null,
  node        varchar(64),
  due_at      ${time},
  since       ${time} not null,
  -- of all who settle a payment one tells of it
  primary key (reference, number, group_name)
) ${table};

-- claim
create index if not exists daraja_delivery_due on daraja_delivery (application, due_at);
-- what is held, what is parked
create index if not exists daraja_delivery_state on daraja_delivery (application, state);

-- who is alive
create table if not exists daraja_node (
  id          varchar(64) not null primary key,
  application varchar(100) not null,
  alive_until ${time} not null
) ${table};

-- what consumers take, running or not
create table if not exists daraja_interest (
  application varchar(100) not null,
  group_name  varchar(100) not null,
  operation   varchar(100) not null,
  -- empty for all
  account     varchar(255) not null,
  seen_at     ${time} not null,
  primary key (application, group_name, operation, account)
) ${table};
