-- both sides of the day that is being compared; empty between two runs
create table if not exists reconciliation_entry (
  side              varchar(20) not null,
  number            bigint not null,
  receipt_key       varchar(500) not null,
  receipt           varchar(200),
  reference         varchar(64),
  operation         varchar(100),
  status            varchar(20),
  amount            decimal(19, 2) not null,
  -- milliseconds since 1970
  booked            bigint not null,
  phone             varchar(100),
  account_reference varchar(500),
  -- whether the other side does not have it
  unmatched         boolean default false not null,
  primary key (number)
);

create index if not exists reconciliation_entry_receipt on reconciliation_entry (side, receipt_key, number);
create index if not exists reconciliation_entry_alike on reconciliation_entry (side, amount, booked);
create index if not exists reconciliation_entry_unmatched on reconciliation_entry (side, unmatched, number);

-- what our accounts held, as M-Pesa has said
create table if not exists reconciliation_balance (
  -- milliseconds since 1970
  taken   bigint not null,
  account varchar(100) not null,
  amount  decimal(19, 2) not null,
  primary key (taken, account)
);
