-- What payments must keep among each other before they may be stored.

-- whose turn it is: a phone shows one prompt, equal payouts keep a distance
create table if not exists daraja_line (
  -- hashed, for it names a phone
  name      varchar(64) not null primary key,
  -- who had its turn last
  reference varchar(64) not null,
  -- when the next one may have it, and when that would be had this one not come
  free_at   ${time} not null,
  before_at ${time} not null
) ${table};

-- rawRetention
create index if not exists daraja_line_age on daraja_line (free_at, name);

-- what an account has paid out, or may have, of its day's budget
create table if not exists daraja_budget (
  account   varchar(255) not null,
  -- in Nairobi
  pay_day   varchar(10) not null,
  spent     ${decimal} not null,
  primary key (account, pay_day)
) ${table};
