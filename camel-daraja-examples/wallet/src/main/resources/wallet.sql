-- A customer's wallet. Its number is his phone number: 254 and nine digits.
create table if not exists wallet (
  phone   varchar(12)    primary key,
  balance decimal(14, 2) not null
);

-- Every payment, once. Without a wallet it waits for a person to find out whose it is.
create table if not exists entry (
  reference varchar(64)    primary key,
  receipt   varchar(20)    unique,
  wallet    varchar(12)    references wallet,
  typed     varchar(100),
  amount    decimal(14, 2) not null check (amount > 0),
  source    varchar(20)    not null,
  number    bigint         generated always as identity
);
