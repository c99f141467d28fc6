-- What it takes to send a request once more whose fate is unknown; empty when that must not be.

alter table daraja_payment add column if not exists repetition ${text};
