-- No foreign keys: what a key or a receipt once meant outlives the payment's row.

create table if not exists daraja_payment (
  reference         varchar(64) not null primary key,
  operation         varchar(100) not null,
  account           varchar(255) not null,
  short_code        varchar(100),
  idempotency_key   ${text},
  status            varchar(20) not null,
  fingerprint       ${text},
  amount            ${decimal},
  -- 10 and 10.00 are one amount, and not one text
  amount_scale      integer,
  phone_number      ${text},
  account_reference ${text},
  own_id            ${text},
  metadata          ${text} not null,
  created_at        ${time} not null,
  updated_at        ${time} not null,
  acknowledgement   ${text},
  outcome           ${text},
  disputed          boolean not null,
  questions         integer not null,
  held              ${text},
  due_at            ${time}
) ${table};

-- claimDue
create index if not exists daraja_payment_due on daraja_payment (due_at, reference);
-- findAlike
create index if not exists daraja_payment_alike on daraja_payment (short_code, amount, created_at, reference);

-- a receipt pays once
create table if not exists daraja_receipt (
  short_code varchar(100) not null,
  receipt    varchar(200) not null,
  reference  varchar(64) not null,
  primary key (short_code, receipt)
) ${table};

-- a key pins one payment
create table if not exists daraja_key (
  operation varchar(100) not null,
  account   varchar(255) not null,
  key_hash  varchar(64) not null,
  reference varchar(64) not null,
  primary key (operation, account, key_hash)
) ${table};

-- Safaricom's ids
create table if not exists daraja_request_id (
  id        varchar(200) not null primary key,
  reference varchar(64) not null
) ${table};

-- messages that could not be settled
create table if not exists daraja_raw_callback (
  id          ${number} primary key,
  reference   ${text},
  account     ${text},
  received_at ${time} not null,
  verdict     varchar(20) not null,
  sender      ${text},
  body        ${bytes} not null
) ${table};

create table if not exists daraja_cursor (
  name    varchar(200) not null primary key,
  reached ${text} not null
) ${table};
