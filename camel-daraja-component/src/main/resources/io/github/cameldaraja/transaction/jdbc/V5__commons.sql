-- What nodes have in common beside payments.

-- who alone does something, and until when
create table if not exists daraja_lease (
  name       varchar(200) not null primary key,
  holder     varchar(64) not null,
  held_until ${time} not null
) ${table};

-- one access token for each app
create table if not exists daraja_token (
  app        varchar(64) not null primary key,
  issued_at  ${time} not null,
  expires_at ${time} not null,
  key_id     varchar(16) not null,
  -- encrypted
  sealed     ${bytes} not null
) ${table};
