-- What stations have confirmed on the floor, by the id the station gave it: told twice, it counts once.
create table confirmations (
  shop_id text not null,
  id text not null,
  wave_id text not null,
  deed text not null,
  at integer not null,
  primary key (id, shop_id)
) strict, without rowid;
