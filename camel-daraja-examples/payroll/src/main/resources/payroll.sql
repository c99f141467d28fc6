-- A run: one file, however often it is put in.
create table if not exists payroll_run (
  run      varchar(60)   primary key,
  number   bigint        generated always as identity,
  -- WAITING for the balance, RUNNING, STOPPED until its file is put in again
  state    varchar(10)   not null,
  reason   varchar(1000),
  -- the last question for the balance that was asked for this run
  question bigint,
  asked_at timestamp(9) with time zone
);

-- A line: one person's money. Its payment names it for ever; payment and attempt are the idempotency key.
create table if not exists payroll_line (
  payment     varchar(40)  primary key,
  attempt     int          not null,
  run         varchar(60)  not null references payroll_run,
  line_number int          not null,
  id          varchar(20)  not null,
  name        varchar(60)  not null,
  phone       varchar(12)  not null,
  amount      bigint       not null check (amount > 0),
  reason      varchar(100) not null,
  status      varchar(10)  not null,
  -- of what has failed: whether the next time may end better
  again       boolean      not null,
  -- which process has claimed it, and when
  process     varchar(40),
  sent_at     timestamp(9) with time zone,
  receipt     varchar(20)  unique,
  code        varchar(40),
  description varchar(1000),
  happened_at timestamp(9) with time zone
);
create index if not exists payroll_line_status on payroll_line (run, status, line_number);
create index if not exists payroll_line_sent on payroll_line (run, sent_at);

-- What is wrong with lines of a run's file, as it was put in last; and what a person must see, which lasts.
create table if not exists payroll_problem (
  run         varchar(60)   not null references payroll_run,
  line_number int           not null,
  text        varchar(1000) not null,
  lasting     boolean       not null
);
create index if not exists payroll_problem_run on payroll_problem (run, line_number);

-- A file while it is read: nothing counts before its last line.
create table if not exists payroll_read (
  run         varchar(60)  not null,
  line_number int          not null,
  payment     varchar(40),
  id          varchar(20),
  name        varchar(60),
  phone       varchar(12),
  amount      bigint,
  reason      varchar(100),
  problem     varchar(1000)
);
create index if not exists payroll_read_payment on payroll_read (run, payment);

create sequence if not exists payroll_question;
