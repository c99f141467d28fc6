-- No foreign keys: what a key or a receipt once meant outlives the payment's row.
-- What tells of people is encrypted (key_id says with which key) or hashed with a key, and stands apart from what accounting needs.

-- with which secrets this was written
create table if not exists daraja_secret (
  key_id    varchar(16) not null primary key,
  index_key ${bytes} not null
) ${table};

-- what accounting needs
create table if not exists daraja_payment (
  reference           varchar(64) not null primary key,
  operation           varchar(100) not null,
  account             varchar(255) not null,
  short_code          varchar(100),
  status              varchar(20) not null,
  -- and nothing disputed
  ended               boolean not null,
  amount              ${decimal},
  -- 10 and 10.00 are one amount, and not one text
  amount_scale        integer,
  receipt             varchar(200),
  result_code         varchar(100),
  result_category     varchar(20),
  retriable           boolean,
  source              varchar(20),
  verdict             varchar(20),
  transaction_date    ${time},
  merchant_request_id varchar(200),
  conversation_id     varchar(200),
  originator_id       varchar(200),
  created_at          ${time} not null,
  updated_at          ${time} not null,
  disputed            boolean not null,
  questions           integer not null,
  -- something waits for a callback that may know better
  held                boolean not null,
  due_at              ${time},
  key_hash            varchar(64),
  -- encrypted: whoever could try numbers would find the one that fits
  fingerprint         ${bytes},
  key_id              varchar(16)
) ${table};

-- claimDue
create index if not exists daraja_payment_due on daraja_payment (due_at, reference);
-- findAlike
create index if not exists daraja_payment_alike on daraja_payment (short_code, amount, created_at, reference);
-- ledgerRetention
create index if not exists daraja_payment_age on daraja_payment (created_at, reference);

-- the fields of a payment that tell of people
create table if not exists daraja_personal (
  reference varchar(64) not null primary key,
  -- when the payment was stored
  since     ${time} not null,
  key_id    varchar(16) not null,
  sealed    ${bytes} not null
) ${table};

-- rawRetention
create index if not exists daraja_personal_age on daraja_personal (since, reference);

-- where a phone number stands: a payment's reference, or the id of a message kept raw
create table if not exists daraja_phone (
  phone_hash varchar(64) not null,
  subject    varchar(64) not null,
  primary key (phone_hash, subject)
) ${table};

create index if not exists daraja_phone_subject on daraja_phone (subject);

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
  -- what became of the payment, once its row has gone
  status    varchar(20),
  ended_at  ${time},
  primary key (operation, account, key_hash)
) ${table};

-- Safaricom's ids, hashed
create table if not exists daraja_request_id (
  id        varchar(64) not null primary key,
  reference varchar(64) not null
) ${table};

create index if not exists daraja_request_id_payment on daraja_request_id (reference);

-- messages that could not be settled
create table if not exists daraja_raw_callback (
  id          varchar(64) not null primary key,
  reference   varchar(100),
  account     varchar(255),
  received_at ${time} not null,
  verdict     varchar(20) not null,
  sender      varchar(100),
  key_id      varchar(16) not null,
  body        ${bytes} not null
) ${table};

create index if not exists daraja_raw_callback_age on daraja_raw_callback (received_at, id);
create index if not exists daraja_raw_callback_payment on daraja_raw_callback (reference);

create table if not exists daraja_cursor (
  name    varchar(200) not null primary key,
  reached ${text} not null
) ${table};
