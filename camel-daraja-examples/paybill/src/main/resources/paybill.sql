-- An account number stands here as AccountNumber writes it: capital letters, no blanks, no '#'.
create table if not exists account (
  number  varchar(20)    primary key,
  holder  varchar(100)   not null,
  least   decimal(14, 2) not null,
  most    decimal(14, 2) not null,
  balance decimal(14, 2) default 0 not null
);

-- Every payment, once: its receipt is M-Pesa's own number for it, whoever tells of it. Without an account it is in suspense.
create table if not exists payment (
  receipt    varchar(20)    primary key,
  reference  varchar(64)    not null,
  account    varchar(20)    references account,
  typed      varchar(100),
  amount     decimal(14, 2) not null check (amount > 0),
  phone      varchar(100),
  paid_at    timestamp with time zone,
  source     varchar(20)    not null,
  validation varchar(40)
);
