-- No foreign keys: what a key or a receipt once meant outlives the payment's row.

create table daraja_payment (
  reference         varchar(64) not null primary key,
  operation         varchar(100) not null,
  account           varchar(255) not null,
  short_code        varchar(100),
  idempotency_key   varchar,
  status            varchar(20) not null,
  fingerprint       varchar,
  amount            ${decimal},
  -- 10 and 10.00 are one amount, and not one text
  amount_scale      integer,
  phone_number      varchar,
  account_reference varchar,
  own_id            varchar,
  metadata          varchar not null,
  created_at        timestamp(6) with time zone not null,
  updated_at        timestamp(6) with time zone not null,
  acknowledgement   varchar,
  outcome           varchar,
  disputed          boolean not null,
  questions         integer not null,
  held              varchar,
  due_at            timestamp(6) with time zone
);

-- claimDue
create index daraja_payment_due on daraja_payment (due_at, reference);
-- findAlike
create index daraja_payment_alike on daraja_payment (short_code, amount, created_at, reference);

-- a receipt pays once
create table daraja_receipt (
  short_code varchar(100) not null,
  receipt    varchar(200) not null,
  reference  varchar(64) not null,
  primary key (short_code, receipt)
);

-- a key pins one payment
create table daraja_key (
  operation varchar(100) not null,
  account   varchar(255) not null,
  key_hash  varchar(64) not null,
  reference varchar(64) not null,
  primary key (operation, account, key_hash)
);

-- Safaricom's ids
create table daraja_request_id (
  id        varchar(200) not null primary key,
  reference varchar(64) not null
);

-- messages that could not be settled
create table daraja_raw_callback (
  id          bigint generated always as identity primary key,
  reference   varchar,
  account     varchar,
  received_at timestamp(6) with time zone not null,
  verdict     varchar(20) not null,
  sender      varchar,
  body        ${bytes} not null
);

create table daraja_cursor (
  name    varchar(200) not null primary key,
  reached varchar not null
);
