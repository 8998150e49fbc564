-- How orders were before a deed that can be taken back: a row lives for minutes. Nothing personal: a former recipient lies
-- in sealed_records as `former-order`, and goes with the row, with the next deed, or with the order's personal data.
create table take_backs (
  shop_id text not null,
  id text not null,
  until integer not null,
  body_json text not null,
  primary key (id, shop_id)
) strict, without rowid;
