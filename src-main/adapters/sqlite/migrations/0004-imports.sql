-- Files taken in: how they were read, what they did, and what an undo needs. Nothing of a file itself is kept:
-- order files hold names and addresses.

create table import_mappings (
  shop_id text not null,
  kind text not null,
  signature text not null,
  columns_json text not null,
  used_at integer not null,
  primary key (signature, kind, shop_id)
) strict, without rowid;

create table imports (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  kind text not null,
  at integer not null,
  actor text not null,
  rows integer not null,
  new integer not null,
  changed integer not null,
  unchanged integer not null,
  refused integer not null,
  undone_at integer,
  left_rows integer not null,
  unique (id, shop_id)
) strict;
create index imports_by_at on imports (shop_id, at desc, id);

-- Only the last imports keep theirs. before_json is NULL for a product that the import made.
create table import_changes (
  shop_id text not null,
  import_id text not null,
  position integer not null,
  sku text not null,
  before_json text,
  after_hash text not null,
  movements_json text not null,
  places_json text not null,
  primary key (import_id, shop_id, position),
  foreign key (shop_id, import_id) references imports (shop_id, id) on delete cascade
) strict, without rowid;

-- Whether an order names a SKU decides whether an undo may take the product away.
create index order_lines_by_sku on order_lines (sku, shop_id);
