-- A failed payment whose key another attempt has taken over: it gets it back if that one is given up.

alter table daraja_key add column if not exists previous varchar(64);
