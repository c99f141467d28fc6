merge into account (number, holder, least, most) key (number) values
  ('INV7', 'Amina Otieno', 50, 5000),
  ('HOUSE12B', 'Brian Kamau', 1000, 70000),
  ('METER0042', 'Cherono Mutai', 1, 250000);
